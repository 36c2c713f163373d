// The client of OpenAI for JavaScript: node openai.mjs BASE_URL MODEL EMBEDDING_MODEL CALL...
import OpenAI from 'openai';
import { collect, failureOf, report } from './report.mjs';

const [baseUrl, model, embeddingModel] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey: 'unused', maxRetries: 0 });
const messages = [{ role: 'user', content: 'Why is the sky blue?' }];

await report(process.argv.slice(5), {
  chat: async () => {
    const answer = await client.chat.completions.create({ model, messages });
    return { text: answer.choices[0].message.content, tokens: answer.usage.completion_tokens };
  },
  stream: async () =>
    collect(await client.chat.completions.create({ model, messages, stream: true }), chunk => chunk.choices[0]?.delta.content),
  generate: async () =>
    collect(await client.completions.create({ model, prompt: 'Why?', stream: true }), chunk => chunk.choices[0]?.text),
  responses: async () => collect(
    await client.responses.create({ model, input: 'Why?', stream: true }),
    event => (event.type === 'response.output_text.delta' ? event.delta : '')),
  embed: async () => {
    // The client asks for base64 unless told otherwise, and decodes it.
    const answer = await client.embeddings.create({ model: embeddingModel, input: ['one', 'two'] });
    return answer.data.map(one => one.embedding.length);
  },
  models: async () => (await client.models.list()).data.map(one => one.id),
  missing: () => failureOf(client.chat.completions.create({ model: 'missing', messages }), failure => failure.status),
  left: async () => {
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    for await (const _ of stream) {
      stream.controller.abort();
    }
    return 'left';
  },
});
