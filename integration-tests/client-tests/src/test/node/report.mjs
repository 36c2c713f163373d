// Runs the named calls of one client, one after the other, and prints the result of each in one JSON object.

/** Returns how many pieces of text a stream had, and the text. */
export async function collect(stream, textOf) {
  const pieces = [];
  for await (const chunk of stream) {
    pieces.push(textOf(chunk) ?? '');
  }
  return { pieces: pieces.filter(piece => piece !== '').length, text: pieces.join('') };
}

/** Returns what describes the failure of a call. */
export async function failureOf(call, describe) {
  try {
    await call;
  } catch (failure) {
    return describe(failure);
  }
  return 'no failure';
}

export async function report(names, calls) {
  const results = {};
  for (const name of names.filter(one => one in calls)) {
    try {
      results[name] = await calls[name]();
    } catch (failure) {
      results[name] = { failure: String(failure) };
    }
  }
  console.log(JSON.stringify(results));
}
