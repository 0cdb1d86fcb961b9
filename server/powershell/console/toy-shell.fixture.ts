import type { Json } from '../../base/json.ts';
import type { Asking, LabMoment, Steps, Submitting } from '../engine/steps.ts';
import type { OpenShell } from './shell.ts';

/** A shell of few words, for tests of everything around a shell. */
export const toyShell: OpenShell = ({ lab, screen }) => {
  let remembered = 'nothing';
  let isLeft = false;

  function* submit(op: string, args: Json): Steps<string> {
    const wait: Submitting = { wait: 'submit', op, args, answer: null };
    yield wait;
    return JSON.stringify(wait.answer);
  }

  function* ask(prompt: string, secret: boolean): Steps<string> {
    const wait: Asking = { wait: 'ask', prompt, secret, answer: null };
    yield wait;
    return wait.answer ?? 'nobody';
  }

  function* until(name: string): Steps<void> {
    const wait: LabMoment = {
      wait: 'moment',
      until: ({ get }) => {
        const now = get('service', 'service:one')?.name;
        const isBug = name === 'a bug' || (name === 'moved by a bug' && now === 'moved');
        if (isBug) throw new Error('on purpose');
        return now === name;
      },
      deadline: null,
    };
    yield wait;
  }

  function* run(text: string): Steps<void> {
    const [word = '', rest = ''] = text.split(/ (.*)/su);
    switch (word) {
      case 'say':
        return screen.print(`${rest}\n`);
      case 'remember':
        remembered = rest;
        return;
      case 'exit':
        isLeft = true;
        return;
      case 'recall':
        return screen.print(`${remembered}\n`);
      case 'name':
        return screen.print(`${lab.get('service', 'service:one')?.name ?? ''}\n`);
      case 'rename':
        return screen.print(`${yield* submit('vm.rename', { vm: 'vm:one', name: rest })}\n`);
      case 'many':
        for (let n = 0; n < Number(rest); n += 1)
          yield* submit('vm.rename', { vm: 'vm:one', name: `n${n}` });
        return;
      case 'progress': {
        const busy = { id: 1, activity: rest, status: '', percent: -1, done: false };
        screen.progress(busy);
        return yield* until('never');
      }
      case 'bug':
        throw new Error('on purpose');
      case 'until':
        yield* until(rest);
        return screen.print(`it is ${rest}\n`);
      case 'ask':
        return screen.print(`heard ${yield* ask(rest, false)}\n`);
      case 'forever':
        try {
          for (;;) yield { wait: 'breath' };
        } finally {
          screen.print('tidied up\n');
        }
      default:
        return screen.print('what?\n', { foreground: 'Red' });
    }
  }

  return {
    prompt: () => 'PS> ',
    get isLeft() {
      return isLeft;
    },
    run,
    complete: (text, cursor) => {
      if (text === 'bug') throw new Error('on purpose');
      const name = lab.get('service', 'service:one')?.name ?? '';
      return { start: 0, end: cursor, matches: [{ text: name, list: name, tip: '' }] };
    },
  };
};
