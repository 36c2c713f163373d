// The client of Anthropic for JavaScript: node anthropic.mjs BASE_URL MODEL EMBEDDING_MODEL CALL...
import Anthropic from '@anthropic-ai/sdk';
import { collect, failureOf, report } from './report.mjs';

const [baseURL, model] = process.argv.slice(2);
const client = new Anthropic({ baseURL, apiKey: 'unused', maxRetries: 0 });
const request = { model, max_tokens: 12, messages: [{ role: 'user', content: 'Why is the sky blue?' }] };

await report(process.argv.slice(5), {
  chat: async () => {
    const answer = await client.messages.create(request);
    return { text: answer.content[0].text, tokens: answer.usage.output_tokens };
  },
  stream: async () => collect(
    await client.messages.create({ ...request, stream: true }),
    event => (event.type === 'content_block_delta' ? event.delta.text : '')),
  missing: () => failureOf(client.messages.create({ ...request, model: 'missing' }), failure => failure.status),
  left: async () => {
    const stream = await client.messages.create({ ...request, stream: true });
    for await (const _ of stream) {
      stream.controller.abort();
    }
    return 'left';
  },
});
