// Fetches what an island will need while its program is still on its way.

const begun = new Map<string, Promise<Response>>();

const get = (address: string): Promise<Response> => fetch(address, { headers: { accept: "application/json, */*" }, credentials: "same-origin" });

/** Begins. A failure is told when the answer is taken. */
export function ahead(address: string): void {
  const answer = get(address);
  answer.catch(() => undefined);
  begun.set(address, answer);
}

/** The answer that was begun, once; or one that begins now. */
export function answered(address: string): Promise<Response> {
  const answer = begun.get(address) ?? get(address);
  begun.delete(address);
  return answer;
}
