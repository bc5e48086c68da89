const SYSTEM = 'You are a tutor of cloud computing. Answer precisely and briefly.';

/** One call by the global fetch, as most would write it. */
export async function callProvider(baseUrl: string, question: string): Promise<string> {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
    body: JSON.stringify({
      model: 'bench',
      messages: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: question },
      ],
    }),
  });
  if (!response.ok) throw new Error(`the provider answered ${response.status}`);
  const body = (await response.json()) as { choices: { message: { content: string } }[] };
  return body.choices[0]?.message.content ?? '';
}

export const providers = (process.env.PROVIDER_URLS ?? '').split(',');
