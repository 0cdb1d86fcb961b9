import type { Cmdlet } from '../../engine/cmdlet.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { filter } from './name-filter.ts';

export const getVerb: Cmdlet = {
  name: 'Get-Verb',
  synopsis: 'Lists the verbs that names of commands begin with.',
  examples: [{ line: 'Get-Verb re*', about: 'Verbs that begin with re.' }],
  *process({ bound, shell }) {
    const wanted = filter(bound.texts('Verb'));
    for (const [group, verbs] of VERBS)
      for (const verb of verbs.split(' '))
        if (wanted(verb))
          yield* shell.write(
            CustomObject.of([
              ['Verb', verb],
              ['Group', group],
            ]),
          );
  },
};

/** Source: Approved Verbs for Windows PowerShell Commands. */
const VERBS: readonly (readonly [group: string, verbs: string])[] = [
  [
    'Common',
    'Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Pop Push Redo Remove Rename Reset Resize Search Select Set Show Skip Split Step Switch Undo Unlock Watch',
  ],
  [
    'Data',
    'Backup Checkpoint Compare Compress Convert ConvertFrom ConvertTo Dismount Edit Expand Export Group Import Initialize Limit Merge Mount Out Publish Restore Save Sync Unpublish Update',
  ],
  [
    'Lifecycle',
    'Approve Assert Complete Confirm Deny Disable Enable Install Invoke Register Request Restart Resume Start Stop Submit Suspend Uninstall Unregister Wait',
  ],
  ['Diagnostic', 'Debug Measure Ping Repair Resolve Test Trace'],
  ['Communications', 'Connect Disconnect Read Receive Send Write'],
  ['Security', 'Block Grant Protect Revoke Unblock Unprotect'],
  ['Other', 'Use'],
];
