import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { ScriptBlock } from '../../value/script-block.ts';
import type { Steps } from '../../engine/steps.ts';
import type { RemoteSession } from '../../engine/remote-session.ts';
import { computerNamed } from './computers.ts';
import { openOf } from './sessions.ts';

const NOT_HERE = ['ConnectionUri', 'FilePath', 'InDisconnectedSession'] as const;

/** Ways into a remote end that labs do not have. */
const refuse = (call: Call): void => {
  const given = NOT_HERE.find(name => call.bound.has(name));
  if (given === undefined) return;
  throw new Terminating(
    call.shell.fault({
      message: `Invoke-Command binds, but -${given} is not simulated; name computers with -ComputerName.`,
      id: 'NotSimulated',
      category: 'NotImplemented',
    }),
  );
};

export const invokeCommand: Cmdlet = {
  name: 'Invoke-Command',
  synopsis: 'Runs a script block here or on other hosts.',
  examples: [
    { line: 'Invoke-Command -ComputerName HV02 { Get-VM }', about: 'What runs on HV02.' },
    { line: 'Invoke-Command HV01, HV02 { $env:COMPUTERNAME }', about: 'One after another.' },
  ],
  *process(call) {
    refuse(call);
    const { bound, shell } = call;
    const block = bound.value('ScriptBlock') ?? null;
    if (!(block instanceof ScriptBlock)) return;
    const args = bound.values('ArgumentList') ?? [];
    if (bound.has('Session')) {
      for (const remote of yield* openOf(call)) yield* inThe(call, remote, block);
      return;
    }
    const names = bound.texts('ComputerName');
    if (names === undefined) {
      yield* shell.pass(block, { args, scope: bound.flag('NoNewScope') ? 'caller' : 'own' });
      return;
    }
    for (const name of names) yield* onComputer(call, name, block);
  },
};

function* inThe(call: Call, remote: RemoteSession, block: ScriptBlock): Steps<void> {
  const args = call.bound.values('ArgumentList') ?? [];
  for (const value of yield* call.shell.call(block, { args, remote })) {
    if (value instanceof CustomObject) value.note('PSComputerName', remote.computer.name);
    yield* call.shell.write(value);
  }
}

function* onComputer(call: Call, name: string, block: ScriptBlock): Steps<void> {
  const computer = yield* computerNamed(call, name);
  if (computer === null) return;
  const args = call.bound.values('ArgumentList') ?? [];
  for (const value of yield* call.shell.call(block, { args, computer })) {
    // What comes from afar says where from.
    if (value instanceof CustomObject) value.note('PSComputerName', computer.name);
    yield* call.shell.write(value);
  }
}
