'use strict';
// Shows the snapshots of the gateway. Every text goes into the page as text, never as markup.
(() => {
  const HISTORY = 300; // samples, one a second, as many as the gateway keeps
  const RETRY_MILLIS = 2000;
  const SILENCE_MILLIS = 5000; // without a snapshot the connection counts as lost
  const history = new Map(); // by endpoint
  let key = sessionStorage.getItem('paddock-key') || '';

  const byId = id => document.getElementById(id);
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const number = (value, digits = 0) =>
    value === null || value === undefined ? '-' : Number(value).toLocaleString('en', {maximumFractionDigits: digits});
  const millis = value =>
    value === null || value === undefined ? '-' : value < 1000 ? number(value, 1) + ' ms' : number(value / 1000, 1) + ' s';
  const bytes = value => value === null || value === undefined ? '-' : number(value / 1048576, 1) + ' MiB';
  const percent = value => value === null || value === undefined ? '-' : number(value * 100, 1) + ' %';

  function facts(entries) {
    const list = element('dl');
    for (const [name, value, className] of entries) {
      const entry = element('div');
      entry.append(element('dt', name), element('dd', value, className));
      list.append(entry);
    }
    return list;
  }

  // Columns: title, function of a row, whether it is a number, function of a row for a class.
  function table(caption, columns, rows) {
    const scroll = element('div', null, 'scroll');
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', caption);
    const made = element('table');
    const head = element('tr');
    for (const [title, , isNumber] of columns) {
      const cell = element('th', title, isNumber ? 'number' : '');
      cell.scope = 'col';
      head.append(cell);
    }
    const top = element('thead');
    top.append(head);
    const body = element('tbody');
    for (const row of rows) {
      const line = element('tr');
      for (const [, value, isNumber, className] of columns) {
        line.append(element('td', value(row), ((isNumber ? 'number ' : '') + (className ? className(row) : '')).trim()));
      }
      body.append(line);
    }
    made.append(top, body);
    scroll.append(made);
    return scroll;
  }

  function drawing(label, ...marks) {
    const space = 'http://www.w3.org/2000/svg';
    const made = (name, attributes) => {
      const each = document.createElementNS(space, name);
      for (const [attribute, value] of Object.entries(attributes)) each.setAttribute(attribute, value);
      return each;
    };
    const image = made('svg', {viewBox: `0 0 ${HISTORY} 50`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label});
    for (const [name, attributes] of marks) image.append(made(name, {'vector-effect': 'non-scaling-stroke', ...attributes}));
    const title = made('title', {}); // shown by a pointer
    title.textContent = label;
    image.append(title);
    return image;
  }

  // Values at the end of the time that a chart shows, as [x, value]; where one is unknown there is none.
  const placed = values => values
    .map((value, index) => [HISTORY - values.length + index + 0.5, value])
    .filter(([, value]) => value !== null && value !== undefined);

  function usageChart(points) {
    const last = points[points.length - 1];
    const highest = Math.max(1, ...points.flatMap(point => [point.leased, point.idle, point.pending].map(value => value || 0)));
    const line = (className, field) => ['polyline', {class: className, points: placed(points.map(point => point[field]))
      .map(([x, value]) => `${x},${(48 - value / highest * 46).toFixed(1)}`).join(' ')}];
    return drawing(
      `in use ${last.leased}, idle ${number(last.idle)}, waiting ${last.pending}; the height is ${highest}, the width ${HISTORY} seconds`,
      ['line', {class: 'axis', x1: 0, x2: HISTORY, y1: 48, y2: 48}],
      line('idle', 'idle'), line('used', 'leased'), line('waiting', 'pending'));
  }

  // What a sum has grown by in each second; a smaller sum is that of a gateway that was restarted.
  const steps = (points, field) => points.map((point, index) => {
    const before = index > 0 ? points[index - 1][field] : null;
    const known = [point[field], before].every(value => value !== null && value !== undefined);
    return known ? Math.max(0, point[field] - before) : null;
  });

  function changesChart(points) {
    const opened = steps(points, 'created');
    const closed = steps(points, 'closed');
    const all = values => values.reduce((soFar, value) => soFar + (value || 0), 0);
    const highest = Math.max(1, ...opened, ...closed);
    const bars = (className, values, direction) => ['path', {class: className, d: placed(values)
      .filter(([, value]) => value > 0)
      .map(([x, value]) => `M${x} 25v${(direction * value / highest * 23).toFixed(1)}`).join('')}];
    return drawing(
      `${all(opened)} opened and ${all(closed)} closed in the last ${points.length} seconds; at most ${highest} in one`,
      ['line', {class: 'axis', x1: 0, x2: HISTORY, y1: 25, y2: 25}],
      bars('opened', opened, -1), bars('closed', closed, 1));
  }

  function show(id, ...content) {
    const section = byId(id);
    // Who scrolls or has the focus in a panel keeps it: its children are replaced only when they have changed.
    const holder = section.querySelector('div');
    const next = element('div');
    next.append(...content);
    section.hidden = content.length === 0;
    if (holder.innerHTML === next.innerHTML) return;
    const scrolled = [...holder.querySelectorAll('.scroll')].map(each => each.scrollLeft);
    const focused = [...holder.querySelectorAll('.scroll')].indexOf(document.activeElement);
    holder.replaceWith(next);
    const regions = next.querySelectorAll('.scroll');
    regions.forEach((each, index) => { each.scrollLeft = scrolled[index] || 0; });
    if (focused >= 0 && regions[focused]) regions[focused].focus({preventScroll: true});
  }

  const total = counts => Object.values(counts || {}).reduce((sum, count) => sum + (count || 0), 0);

  function remember(past) {
    history.clear();
    for (const {endpoint, leased, idle, pending, created, closed} of past.servers) {
      history.set(endpoint, leased.map((value, index) =>
        ({leased: value, idle: idle[index], pending: pending[index], created: created[index], closed: closed[index]})));
    }
  }

  function showPool(pools) {
    if (!pools.length) return show('pool', element('p', 'No server was called yet.'));
    const servers = element('div', null, 'servers');
    for (const pool of pools) {
      const points = history.get(pool.endpoint) || [];
      points.push({leased: pool.leased, idle: pool.idle, pending: pool.pending, created: pool.created, closed: total(pool.closed)});
      while (points.length > HISTORY) points.shift();
      history.set(pool.endpoint, points);
      const closed = Object.entries(pool.closed || {}).filter(([, count]) => count)
        .map(([reason, count]) => `${reason.replaceAll('_', ' ')} ${count}`).join(', ');
      const server = element('div');
      server.append(
        element('h3', pool.endpoint),
        usageChart(points),
        changesChart(points),
        facts([
          ['in use', `${number(pool.leased)} of ${number(pool.limits.connections_per_host)}`],
          ['idle', number(pool.idle)],
          ['waiting', number(pool.pending), pool.pending ? 'bad' : ''],
          ['opened', number(pool.created)],
          ['reused', percent(pool.reuse_ratio)],
          ['refused, full', number(pool.exhausted), pool.exhausted ? 'bad' : ''],
          ['wait p99', millis(pool.acquire.p99_ms)],
          ['closed', closed || '0'],
        ]));
      servers.append(server);
    }
    for (const endpoint of [...history.keys()]) if (!pools.some(pool => pool.endpoint === endpoint)) history.delete(endpoint);
    const legend = element('p', 'The last five minutes: ', 'legend');
    for (const [className, text] of [['used', 'in use'], ['idle', 'idle'], ['waiting', 'waiting'], ['opened', 'opened'], ['closed', 'closed']]) {
      legend.append(element('span', text, className));
    }
    show('pool', servers, legend);
  }

  function circuitOf(backend, pools) {
    const pool = pools.find(each => each.endpoint === backend.base_url || backend.base_url.startsWith(each.endpoint + '/'));
    const circuit = pool && (pool.circuits || []).find(each => !('model' in each) || each.model === null);
    return circuit ? circuit.state : '-';
  }

  function showBackends(backends, pools, firstFrames) {
    const rows = backends.flatMap(backend => {
      const times = firstFrames.filter(series => series.backend === backend.id);
      const names = new Set(backend.models.map(model => model.name));
      const unlisted = times.filter(series => !names.has(series.model) && !names.has(series.model + ':latest'));
      return [...backend.models, ...unlisted.map(series => ({name: series.model}))].map(model => ({
        backend, model,
        times: times.find(series => series.model === model.name || series.model + ':latest' === model.name),
      }));
    });
    const content = [table('Servers', [
      ['server', backend => backend.id],
      ['state', backend => backend.state, false, backend => backend.state === 'active' ? 'good' : 'bad'],
      ['circuit', backend => circuitOf(backend, pools), false, backend => circuitOf(backend, pools) === 'open' ? 'bad' : ''],
      ['in progress', backend => number(backend.in_flight), true],
      ['failed', backend => percent(backend.failure_share), true, backend => backend.failure_share > 0 ? 'bad' : ''],
      ['base URL', backend => backend.base_url],
    ], backends)];
    if (rows.length) {
      content.push(element('h3', 'Models'), table('Models', [
        ['model', row => row.model.name],
        ['server', row => row.backend.id],
        ['in memory', row => row.model.resident ? row.model.expires_in_ms === null || row.model.expires_in_ms === undefined ? 'yes' : millis(row.model.expires_in_ms) + ' more' : 'no'],
        ['in progress', row => number(row.model.in_flight), true],
        ['slots', row => number(row.model.slots), true],
        ['first frame p50', row => row.times ? millis(row.times.p50_ms) : '-', true],
        ['p99', row => row.times ? millis(row.times.p99_ms) : '-', true],
        ['load', row => millis(row.model.load_ms), true],
      ], rows));
    }
    show('backends', ...content);
  }

  function showRequests(requests) {
    const outcomes = Object.entries(requests.outcomes).sort((first, second) => second[1] - first[1]);
    show('requests', outcomes.length
      ? facts(outcomes.map(([outcome, count]) => [outcome.replaceAll('_', ' '), number(count), outcome === 'ok' ? 'good' : 'bad']))
      : element('p', 'No request was relayed yet.'));
    const columns = [
      ['time', request => new Date(request.time).toLocaleTimeString()],
      ['operation', request => request.operation],
      ['model', request => request.model || '-'],
      ['server', request => request.backend || '-'],
      ['outcome', request => `${request.status || '-'} ${request.outcome}`, false, request => request.outcome === 'ok' ? '' : 'bad'],
      ['first frame', request => millis(request.first_frame_ms), true],
      ['total', request => millis(request.total_ms), true],
      ['id', request => request.id],
    ];
    show('slowest', ...(requests.slowest.length ? [table('Slowest requests', columns, requests.slowest)] : []));
    show('failed', ...(requests.failed.length ? [table('Failed requests', columns, requests.failed)] : []));
  }

  function showCache(cache) {
    if (!cache) return show('cache');
    const entries = [
      ['hits', number(cache.hits)], ['misses', number(cache.misses)], ['hit rate', percent(cache.hit_rate)],
      ['answers', number(cache.size)], ['memory', `${bytes(cache.bytes)} of ${bytes(cache.max_bytes)}`],
      ['saved time', number(cache.saved_seconds, 1) + ' s'],
      ['saved tokens', number((cache.saved_prompt_tokens || 0) + (cache.saved_completion_tokens || 0))],
    ];
    show('cache', facts(entries));
  }

  // A rate of wrong answers with the interval in which it is with 95 % certainty.
  const errors = rate => rate.compared === 0
    ? 'none compared yet'
    : `${percent(rate.rate)} (${percent(rate.low)} to ${percent(rate.high)}), ${number(rate.wrong)} of ${number(rate.compared)}`;

  function showSemantic(semantic) {
    if (!semantic || !semantic.enabled) return show('semantic');
    const refused = total(semantic.refused);
    show('semantic', facts([
      ['mode', semantic.stopped_itself ? 'shadow: too many were wrong' : semantic.mode, semantic.stopped_itself ? 'bad' : ''],
      ['false hits', errors(semantic.false_hits), semantic.false_hits.wrong ? 'bad' : ''],
      ['wrong if all were served', errors(semantic.false_candidates)],
      ['served', number(semantic.served)],
      ['left to the model', number(semantic.explored)],
      ['in shadow', number(semantic.shadowed)],
      ['refused as different', number(refused)],
      ['without a vector', number(semantic.failed), semantic.failed ? 'bad' : ''],
      ['reported wrong', number(semantic.reported), semantic.reported ? 'bad' : ''],
      ['answers', number(semantic.size)],
    ]), element('p', 'In brackets: the interval of 95 % certainty.', 'legend'));
  }

  // The series of a metric, as names and values; below, their sum, and a sum for each value of a label.
  function series(counters, metric) {
    return Object.entries(counters)
      .filter(([name]) => name === metric || name.startsWith(metric + '{'));
  }
  const sum = (counters, metric) => series(counters, metric).reduce((all, [, value]) => all + value, 0);
  function by(counters, metric, label) {
    const sums = {};
    for (const [name, value] of series(counters, metric)) {
      const found = new RegExp(`[{,]${label}="([^"]*)"`).exec(name);
      if (found) sums[found[1]] = (sums[found[1]] || 0) + value;
    }
    return sums;
  }
  const listed = counts => Object.entries(counts).filter(([, count]) => count)
    .map(([name, count]) => `${name.replaceAll('_', ' ')} ${number(count)}`).join(', ') || '0';
  const mean = (counters, metric) => {
    const count = sum(counters, metric + '_count');
    return count ? millis(sum(counters, metric + '_sum') / count * 1000) : '-';
  };
  const isOn = (counters, prefix) => Object.keys(counters).some(name => name.startsWith(prefix));
  const bad = value => [number(value), value ? 'bad' : ''];

  function showQueue(counters) {
    if (!isOn(counters, 'paddock_admission_')) return show('queue');
    const refused = by(counters, 'paddock_admission_refused_total', 'reason');
    const limit = sum(counters, 'paddock_admission_limit');
    show('queue', facts([
      ['waiting', listed(by(counters, 'paddock_admission_waiting', 'priority'))],
      ['in progress', number(sum(counters, 'paddock_admission_in_progress')) + (limit ? ' of ' + number(limit) : '')],
      ['mean wait', mean(counters, 'paddock_admission_wait_seconds')],
      ['bodies that wait', bytes(sum(counters, 'paddock_admission_bytes'))],
      ['overloads of a server', ...bad(sum(counters, 'paddock_admission_overloads_total'))],
      ['refused', listed(refused), total(refused) ? 'bad' : ''],
    ]));
  }

  function showFlights(counters) {
    if (!isOn(counters, 'paddock_single_flight_')) return show('flights');
    show('flights', facts([
      ['joined a call in progress', listed(by(counters, 'paddock_single_flight_joined_total', 'operation'))],
      ['first call failed', ...bad(sum(counters, 'paddock_single_flight_leader_failed_total'))],
      ['readers lost', ...bad(sum(counters, 'paddock_single_flight_readers_lost_total'))],
      ['held for readers', bytes(sum(counters, 'paddock_single_flight_bytes'))],
    ]));
  }

  function showBatches(counters) {
    if (!isOn(counters, 'paddock_batch_')) return show('batches');
    const requests = sum(counters, 'paddock_batch_requests_total');
    const texts = sum(counters, 'paddock_batch_texts_total');
    const lookups = by(counters, 'paddock_batch_lookups_total', 'result');
    show('batches', facts([
      ['requests', number(requests)],
      ['texts', number(texts)],
      ['texts per request', requests ? number(texts / requests, 1) : '-'],
      ['by size', listed(by(counters, 'paddock_batch_requests_total', 'size'))],
      ['vectors known before', total(lookups) ? percent(1 - (lookups.miss || 0) / total(lookups)) : '-'],
      ['waiting calls', number(sum(counters, 'paddock_batch_waiting'))],
      ['mean wait', mean(counters, 'paddock_batch_wait_seconds')],
      ['stored vectors', bytes(sum(counters, 'paddock_batch_bytes'))],
      ['sent again in halves', ...bad(sum(counters, 'paddock_batch_splits_total'))],
      ['sent again alone', ...bad(sum(counters, 'paddock_batch_resent_total'))],
      ['discarded', number(sum(counters, 'paddock_batch_discarded_total'))],
    ]));
  }

  function render(snapshot) {
    const pools = snapshot.connection_pool.backends;
    showPool(pools);
    showBackends(snapshot.backends, pools, snapshot.requests.first_frames);
    showRequests(snapshot.requests);
    showCache(snapshot.cache);
    showSemantic(snapshot.semantic_cache);
    showQueue(snapshot.counters);
    showFlights(snapshot.counters);
    showBatches(snapshot.counters);
    state('live', 'live, ' + new Date(snapshot.timestamp).toLocaleTimeString());
  }

  function state(className, text) {
    const line = byId('state');
    line.className = className;
    line.textContent = text;
    document.body.classList.toggle('stale', className === 'lost');
  }

  async function follow() {
    const lost = new AbortController();
    let silence = setTimeout(() => lost.abort(), SILENCE_MILLIS);
    try {
      return await read(lost.signal, () => {
        clearTimeout(silence);
        silence = setTimeout(() => lost.abort(), SILENCE_MILLIS);
      });
    } finally {
      clearTimeout(silence);
    }
  }

  async function read(signal, alive) {
    const options = {headers: key ? {Authorization: 'Bearer ' + key} : {}, cache: 'no-store', signal};
    const response = await fetch('events', options);
    if (response.status === 403) {
      state('lost', 'the gateway refuses this page: it allows neither this host name nor this origin');
      return false;
    }
    if (response.status === 401) {
      sessionStorage.removeItem('paddock-key');
      byId('key-form').hidden = false;
      byId('key').focus();
      state('lost', key ? 'this key is refused' : 'a key is needed');
      return false;
    }
    if (!response.ok) throw new Error('status ' + response.status);
    byId('key-form').hidden = true;
    if (key) sessionStorage.setItem('paddock-key', key);
    const past = await fetch('history', options);
    if (past.ok) remember(await past.json());
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const {done, value} = await reader.read();
      if (done) return true;
      alive();
      text += value;
      const events = text.split('\n\n');
      text = events.pop();
      const last = events.map(event => event.split('\n').find(line => line.startsWith('data: '))).filter(Boolean).pop();
      if (last) render(JSON.parse(last.slice(6)));
    }
  }

  async function keepFollowing() {
    for (;;) {
      try {
        if (!await follow()) return;
        state('lost', 'the gateway ended the connection; trying again');
      } catch (lost) {
        state('lost', 'no connection to the gateway; trying again');
      }
      await new Promise(resolve => setTimeout(resolve, RETRY_MILLIS));
    }
  }

  byId('key-form').addEventListener('submit', event => {
    event.preventDefault();
    byId('key-form').hidden = true;
    key = byId('key').value.trim();
    keepFollowing();
  });
  for (const id of ['pool', 'backends', 'slowest', 'failed']) byId(id).classList.add('wide');
  keepFollowing();
})();
