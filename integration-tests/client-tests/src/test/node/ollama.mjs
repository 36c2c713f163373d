// The client of Ollama for JavaScript: node ollama.mjs BASE_URL MODEL EMBEDDING_MODEL CALL...
import { Ollama } from 'ollama';
import { collect, failureOf, report } from './report.mjs';

const [host, model, embeddingModel] = process.argv.slice(2);
const client = new Ollama({ host });
const messages = [{ role: 'user', content: 'Why is the sky blue?' }];

await report(process.argv.slice(5), {
  chat: async () => {
    const answer = await client.chat({ model, messages });
    return { text: answer.message.content, tokens: answer.eval_count };
  },
  stream: async () => collect(await client.chat({ model, messages, stream: true }), chunk => chunk.message.content),
  generate: async () => collect(await client.generate({ model, prompt: 'Why?', stream: true }), chunk => chunk.response),
  embed: async () => (await client.embed({ model: embeddingModel, input: ['one', 'two'] })).embeddings.map(one => one.length),
  models: async () => (await client.list()).models.map(one => one.name),
  missing: () => failureOf(client.chat({ model: 'missing', messages }), failure => failure.status_code),
  left: async () => {
    const stream = await client.chat({ model, messages, stream: true });
    try {
      for await (const _ of stream) {
        stream.abort();
      }
    } catch (aborted) {
      return aborted.name === 'AbortError' ? 'left' : String(aborted);
    }
    return 'not left';
  },
});
