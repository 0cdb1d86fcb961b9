import { Command, InvalidArgumentError } from '@commander-js/extra-typings';

/**
 * A program as it is started by `npm run NAME -- ...`: `--help` explains it on standard output and ends
 * it with 0; what it does not know is said on standard error, with what it may have been, and ends it
 * with 2, so that nobody takes it for a finding.
 */
export const program = (name: string, about: string) =>
  new Command(`npm run ${name} --`)
    .description(about)
    .showHelpAfterError(`What there is: npm run ${name} -- --help`)
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

/** For an option that is a count: refuses what is no whole number, or less than `least`. */
export const wholeNumber =
  (least = 0) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It is a whole number, ${least} or more.`);
  };

/** For an option that may be given more than once. */
export const eachOne = (text: string, before: readonly string[]): readonly string[] => [
  ...before,
  text,
];

/** `npm start` takes settings of the environment only. */
export const starting = new Command('npm start')
  .description('Starts Enlighten. It takes no options: README lists its settings, for instance')
  .addHelpText('after', '\n  PORT=8080 npm start')
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
