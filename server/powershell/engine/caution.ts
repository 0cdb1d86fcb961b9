import { ShouldProcess } from '../binding/should-process.ts';
import { fault } from '../value/fault.ts';
import { isTrue } from '../value/text.ts';
import { ask } from './binding-host.ts';
import type { CommonParameters, Impact } from './binder-port.ts';
import type { Context } from './context.ts';
import { preference, said } from './failing.ts';

/** -WhatIf and -Confirm of one running command. */
export const cautionOf = (impact: Impact, common: CommonParameters, cx: Context): ShouldProcess =>
  new ShouldProcess(
    {
      impact,
      whatIf: common.whatIf ?? isTrue(cx.scope.find('whatifpreference')?.value ?? null),
      confirm: common.confirm,
      preference: impactOf(preference(cx, 'ConfirmPreference')),
    },
    {
      print: text => cx.core.setup.screen.print(`${text}\n`),
      verbose: text => said('verbose', text, verboseAction(common, cx), cx),
      ask: prompt => ask(prompt, false),
      unanswered: () => {
        throw fault({
          message:
            'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.',
          id: 'InvalidOperation',
          category: 'InvalidOperation',
          exception: 'System.Management.Automation.PSInvalidOperationException',
        });
      },
    },
  );

export const verboseAction = (common: CommonParameters, cx: Context): string =>
  common.verbose === undefined
    ? preference(cx, 'VerbosePreference')
    : common.verbose
      ? 'continue'
      : 'silentlycontinue';

const IMPACTS: readonly Impact[] = ['None', 'Low', 'Medium', 'High'];

const impactOf = (text: string): Impact =>
  IMPACTS.find(one => one.toLowerCase() === text) ?? 'High';
