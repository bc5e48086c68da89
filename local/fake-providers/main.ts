import { startFakeProviders } from './server.ts';

const server = await startFakeProviders({ port: Number(process.env.PORT ?? 0) });
console.log(`OPENAI_BASE_URL=${server.baseUrl('openai')}`);
console.log(`GEMINI_BASE_URL=${server.baseUrl('gemini')}`);
console.log(`HF_BASE_URL=${server.baseUrl('hf')}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
