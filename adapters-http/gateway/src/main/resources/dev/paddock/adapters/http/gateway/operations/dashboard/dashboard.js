'use strict';
// Shows the snapshots of the gateway. Every text goes into the page as text, never as markup.
(() => {
  const HISTORY = 120; // snapshots, one a second
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

  function chart(points, limit) {
    const space = 'http://www.w3.org/2000/svg';
    const image = document.createElementNS(space, 'svg');
    image.setAttribute('viewBox', `0 0 ${HISTORY} 50`);
    image.setAttribute('preserveAspectRatio', 'none');
    image.setAttribute('role', 'img');
    const last = points[points.length - 1];
    image.setAttribute('aria-label', `in use ${last.leased}, waiting ${last.pending}, over the last ${points.length} seconds`);
    const highest = Math.max(1, limit || 0, ...points.map(point => Math.max(point.leased, point.pending)));
    const line = (className, value) => {
      const path = document.createElementNS(space, 'polyline');
      path.setAttribute('class', className);
      path.setAttribute('vector-effect', 'non-scaling-stroke');
      path.setAttribute('points', points.map((point, index) =>
        `${HISTORY - points.length + index + 1},${(48 - value(point) / highest * 46).toFixed(1)}`).join(' '));
      return path;
    };
    const axis = document.createElementNS(space, 'line');
    for (const [name, value] of [['class', 'axis'], ['x1', 0], ['x2', HISTORY], ['y1', 48], ['y2', 48]]) axis.setAttribute(name, value);
    image.append(axis, line('used', point => point.leased), line('waiting', point => point.pending));
    return image;
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

  function showPool(pools) {
    if (!pools.length) return show('pool', element('p', 'No server was called yet.'));
    const content = [];
    for (const pool of pools) {
      const points = history.get(pool.endpoint) || [];
      points.push({leased: pool.leased || 0, pending: pool.pending || 0});
      if (points.length > HISTORY) points.shift();
      history.set(pool.endpoint, points);
      const closed = Object.entries(pool.closed || {}).filter(([, count]) => count).map(([reason, count]) => `${reason} ${count}`).join(', ');
      content.push(
        element('h3', pool.endpoint),
        chart(points, 0),
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
    }
    for (const endpoint of [...history.keys()]) if (!pools.some(pool => pool.endpoint === endpoint)) history.delete(endpoint);
    content.push(element('p', 'In use (line) and waiting (dashes) over the last two minutes.', 'legend'));
    show('pool', ...content);
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

  function showCache(cache, semantic) {
    if (!cache) return show('cache');
    const entries = [
      ['hits', number(cache.hits)], ['misses', number(cache.misses)], ['hit rate', percent(cache.hit_rate)],
      ['answers', number(cache.size)], ['memory', `${bytes(cache.bytes)} of ${bytes(cache.max_bytes)}`],
      ['saved time', number(cache.saved_seconds, 1) + ' s'],
      ['saved tokens', number((cache.saved_prompt_tokens || 0) + (cache.saved_completion_tokens || 0))],
    ];
    if (semantic) {
      for (const [name, value] of Object.entries(semantic)) {
        if (typeof value === 'number' || typeof value === 'string') entries.push(['semantic ' + name.replaceAll('_', ' '), typeof value === 'number' ? number(value, 3) : value]);
      }
    }
    show('cache', facts(entries));
  }

  // Counts without a panel of their own format: the metrics whose name begins with a prefix.
  function showCounters(id, prefix, counters) {
    const entries = Object.entries(counters).filter(([name]) => name.startsWith(prefix) && !/quantile=/.test(name));
    const sums = new Map();
    for (const [name, value] of entries) {
      const plain = name.replace(/\{.*/, '').slice(prefix.length).replace(/_total$/, '').replaceAll('_', ' ');
      sums.set(plain, (sums.get(plain) || 0) + value);
    }
    show(id, ...(sums.size ? [facts([...sums].map(([name, value]) => [name, number(value, 2)]))] : []));
  }

  function render(snapshot) {
    const pools = snapshot.connection_pool.backends;
    showPool(pools);
    showBackends(snapshot.backends, pools, snapshot.requests.first_frames);
    showRequests(snapshot.requests);
    showCache(snapshot.cache, snapshot.semantic_cache);
    showCounters('queue', 'paddock_admission_', snapshot.counters);
    showCounters('flights', 'paddock_single_flight_', snapshot.counters);
    showCounters('batches', 'paddock_batch_', snapshot.counters);
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
    const response = await fetch('events', {headers: key ? {Authorization: 'Bearer ' + key} : {}, cache: 'no-store', signal});
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
  for (const id of ['backends', 'slowest', 'failed']) byId(id).classList.add('wide');
  keepFollowing();
})();
