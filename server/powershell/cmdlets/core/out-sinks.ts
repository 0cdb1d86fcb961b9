import type { Cmdlet } from '../../engine/cmdlet.ts';
import { formatter } from '../../format/formatter.ts';
import { perCall } from './per-call.ts';

export const outNull: Cmdlet = {
  name: 'Out-Null',
  synopsis: 'Lets objects disappear.',
  examples: [{ line: 'New-VM WEB01 | Out-Null', about: 'Nothing is printed.' }],
  *process() {
    // That is all it does.
  },
};

/** A screen of a given width that keeps what is printed. */
export const papers = perCall(({ bound }) => {
  const pages = { text: '' };
  const screen = {
    width: bound.number('Width') ?? 120,
    print: (text: string) => {
      pages.text += text;
    },
    progress: () => undefined,
    clear: () => undefined,
  };
  return { pages, formatting: formatter.open(screen) };
});

export const outString: Cmdlet = {
  name: 'Out-String',
  synopsis: 'Turns objects into the text that the console would print.',
  examples: [{ line: 'Get-VM | Out-String -Stream', about: 'A text for each line.' }],
  *process(call) {
    const value = call.bound.value('InputObject') ?? null;
    yield* papers(call).formatting.put(value);
  },
  *end(call) {
    const { pages, formatting } = papers(call);
    yield* formatting.end();
    if (!call.bound.flag('Stream')) return yield* call.shell.write(pages.text);
    for (const line of pages.text.replace(/\n$/, '').split('\n')) yield* call.shell.write(line);
  },
};

const screens = perCall(({ shell }) =>
  formatter.open({
    width: shell.width,
    print: (text, look) => shell.host(text, { ...look, newline: false }),
    progress: () => undefined,
    clear: () => undefined,
  }),
);

/** Objects are printed here and now; nothing of them goes on. */
const printing = (name: string): Cmdlet => ({
  name,
  synopsis: 'Prints objects on the screen of the console.',
  examples: [{ line: `Get-VM | ${name}`, about: 'What happens at the end of a line, too.' }],
  *process(call) {
    yield* screens(call).put(call.bound.value('InputObject') ?? null);
  },
  *end(call) {
    yield* screens(call).end();
  },
});

export const outHost = printing('Out-Host');
export const outDefault = printing('Out-Default');
