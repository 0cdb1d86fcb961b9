import type { Json } from './base/json.ts';
import type { LabId } from './protocol/id.ts';
import type { Labs, Question } from './lab/port.ts';

export type Reply =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** A question to a lab takes a replay at most; a thread that says nothing that long is stuck. */
const PATIENCE_MS = 30_000;

/** Asks a lab, in whatever thread it lives, and waits for its answer. */
export function questionsTo(labs: Labs): (lab: LabId, question: Question) => Promise<Reply> {
  const waiting = new Map<number, (reply: Reply) => void>();
  let last = 0;
  labs.receive(message => {
    if (message.t !== 'reply') return;
    waiting.get(message.id)?.(message.answer);
    waiting.delete(message.id);
  });
  return (lab, question) =>
    new Promise(resolve => {
      last += 1;
      const id = last;
      waiting.set(id, resolve);
      setTimeout(() => {
        if (waiting.delete(id)) resolve({ ok: false, message: 'The lab did not answer in time.' });
      }, PATIENCE_MS).unref();
      labs.post({ t: 'ask', id, lab, question });
    });
}
