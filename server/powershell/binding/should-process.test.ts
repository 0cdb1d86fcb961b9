import { expect, test } from 'vitest';
import type { Impact } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import { ended, run } from './binding.fixture.ts';
import { operation, type Questioner, ShouldProcess } from './should-process.ts';

class Paper implements Questioner {
  readonly lines: string[] = [];
  readonly #answers: string[];

  constructor(...answers: readonly string[]) {
    this.#answers = [...answers];
  }

  print(text: string): void {
    this.lines.push(text);
  }

  verbose(text: string): Steps<void> {
    this.lines.push(`VERBOSE: ${text}`);
    return ended(undefined);
  }

  ask(): Steps<string | null> {
    return ended(this.#answers.shift() ?? null);
  }

  unanswered(): never {
    throw new Error('nobody to ask');
  }
}

const caution = (impact: Impact, confirm?: boolean, preference: Impact = 'High') => ({
  impact,
  confirm,
  preference,
  whatIf: false,
});

test('[PS320] what would be done is said and not done', () => {
  const paper = new Paper();
  const should = new ShouldProcess({ ...caution('Medium', true), whatIf: true }, paper);

  const may = run(should.may(operation('Web', 'Start-VM')));

  expect(may).toBe(false);
  expect(paper.lines).toEqual(['What if: Performing operation "Start-VM" on Target "Web".']);
});

test.each<[impact: Impact, confirm: boolean | undefined, preference: Impact, asked: boolean]>([
  ['Medium', undefined, 'High', false],
  ['High', undefined, 'High', true],
  ['Medium', undefined, 'Medium', true],
  ['High', false, 'High', false],
  ['Low', true, 'None', true],
  ['High', undefined, 'None', false],
])('[PS321] impact %s, -Confirm %s, $ConfirmPreference %s: asked %s', (...row) => {
  const [impact, confirm, preference, asked] = row;
  const paper = new Paper('n');

  const may = run(
    new ShouldProcess(caution(impact, confirm, preference), paper).may(operation('a', 'b')),
  );

  expect(may).toBe(!asked);
});

test('[PS322] the question is the real one; yes to all is not asked again', () => {
  const paper = new Paper('?', 'a');
  const should = new ShouldProcess(caution('Medium', true), paper);

  const answers = [
    run(should.may(operation('Web', 'Stop-VM'))),
    run(should.may(operation('Db', 'Stop-VM'))),
  ];

  expect(answers).toEqual([true, true]);
  expect(paper.lines[0]).toBe(
    '\nConfirm\nAre you sure you want to perform this action?\nPerforming operation "Stop-VM" on Target "Web".',
  );
  expect(paper.lines[1]).toMatch(/^Y - Continue with only the next step/);
  expect(paper.lines).toHaveLength(6);
});

test('[PS322] no skips one, no to all skips every one, and nobody to ask ends it', () => {
  const should = new ShouldProcess(caution('Medium', true), new Paper('n', 'l'));
  const deed = operation('Web', 'Stop-VM');

  expect([1, 2, 3].map(() => run(should.may(deed)))).toEqual([false, false, false]);
  expect(() => run(new ShouldProcess(caution('High'), new Paper()).may(deed))).toThrow(
    'nobody to ask',
  );
});
