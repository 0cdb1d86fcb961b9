import type { Impact } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';

// -WhatIf and -Confirm: what every cmdlet that changes something goes through before it does.

export interface Caution {
  readonly impact: Impact;
  /** -WhatIf, or $WhatIfPreference where it is not given. */
  readonly whatIf: boolean;
  /** -Confirm; undefined when not given. */
  readonly confirm: boolean | undefined;
  /** $ConfirmPreference. */
  readonly preference: Impact;
}

/** Where a question is put. */
export interface Questioner {
  /** A line on the screen. */
  print(text: string): void;
  verbose(text: string): Steps<void>;
  /** Null when there is nobody to ask. */
  ask(prompt: string): Steps<string | null>;
  /** Ends the command: a question could not be put. */
  unanswered(): never;
}

/** What is about to be done, in a cmdlet's own words. */
export interface Deed {
  /** Of -WhatIf and -Verbose: `Performing operation "Start-VM" on Target "Web".` */
  readonly description: string;
  readonly question: string;
  readonly caption: string;
}

/** The words PowerShell has for `ShouldProcess(target, action)`. Source: Windows PowerShell 3, recalled. */
export const operation = (target: string, action: string): Deed => {
  const description = `Performing operation "${action}" on Target "${target}".`;
  return {
    description,
    question: `Are you sure you want to perform this action?\n${description}`,
    caption: 'Confirm',
  };
};

export const CHOICES =
  '[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [S] Suspend  [?] Help (default is "Y"): ';

/** Source: the help of PowerShell's own confirmation prompt. */
export const HELP = [
  'Y - Continue with only the next step of the operation.',
  'A - Continue with all the steps of the operation.',
  'N - Skip this operation and proceed with the next operation.',
  'L - Skip this operation and all subsequent operations.',
  'S - Pause the current pipeline and return to the command prompt. Type "exit" to resume the pipeline.',
];

const SUSPEND = 'Suspending a pipeline is not simulated: answer Y, A, N or L, or press Ctrl+C.';

/** One running command's memory of "to All". */
export class ShouldProcess {
  readonly #caution: Caution;
  readonly #questioner: Questioner;
  #all: boolean | undefined;

  constructor(caution: Caution, questioner: Questioner) {
    this.#caution = caution;
    this.#questioner = questioner;
  }

  /** Whether it is to be done. */
  *may(deed: Deed): Steps<boolean> {
    if (this.#caution.whatIf) {
      this.#questioner.print(`What if: ${deed.description}`);
      return false;
    }
    if (!asks(this.#caution)) {
      yield* this.#questioner.verbose(deed.description);
      return true;
    }
    return yield* this.sure(deed);
  }

  /** Asks whatever the impact is: ShouldContinue. */
  *sure({ caption, question }: Deed): Steps<boolean> {
    if (this.#all !== undefined) return this.#all;
    this.#questioner.print(`\n${caption}\n${question}`);
    for (;;) {
      const answer = yield* this.#questioner.ask(CHOICES);
      if (answer === null) this.#questioner.unanswered();
      const choice = CHOICE.get(answer.trim().toLowerCase());
      if (choice === 'help') for (const line of HELP) this.#questioner.print(line);
      if (choice === 'suspend') this.#questioner.print(SUSPEND);
      if (typeof choice !== 'object') continue;
      if (choice.all) this.#all = choice.yes;
      return choice.yes;
    }
  }
}

interface Choice {
  readonly yes: boolean;
  readonly all: boolean;
}

const YES: Choice = { yes: true, all: false };
const YES_TO_ALL: Choice = { yes: true, all: true };
const NO: Choice = { yes: false, all: false };
const NO_TO_ALL: Choice = { yes: false, all: true };

export const CHOICE = new Map<string, Choice | 'help' | 'suspend'>([
  ['', YES],
  ['y', YES],
  ['yes', YES],
  ['a', YES_TO_ALL],
  ['yes to all', YES_TO_ALL],
  ['n', NO],
  ['no', NO],
  ['l', NO_TO_ALL],
  ['no to all', NO_TO_ALL],
  ['?', 'help'],
  ['s', 'suspend'],
  ['suspend', 'suspend'],
]);

const RANK: Readonly<Record<Impact, number>> = { None: 0, Low: 1, Medium: 2, High: 3 };

const asks = ({ impact, confirm, preference }: Caution): boolean =>
  confirm ?? (preference !== 'None' && impact !== 'None' && RANK[impact] >= RANK[preference]);
