import type { Parameter } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import type { Value } from '../value/value.ts';
import { fit } from './argument-type.ts';
import { bindOne } from './bind-one.ts';
import { askCredential, isCredential } from './credential-argument.ts';
import { mandatoryMissing } from './mistake.ts';
import type { Working } from './working.ts';

/** Asks for mandatory parameters as the console does; where nobody can be asked it is an error. */
export function* askFor(working: Working, missing: readonly Parameter[]): Steps<void> {
  const { host, signature } = working;
  if (missing.length === 0) return;
  host.print('');
  host.print(`cmdlet ${signature.name} at command pipeline position ${host.pipelinePosition}`);
  host.print('Supply values for the following parameters:');
  for (const parameter of missing) {
    const value = yield* answerFor(working, parameter);
    if (value === undefined) working.fail(mandatoryMissing(missing.map(({ name }) => name)));
    const attempt = yield* bindOne(working, parameter, { value, extent: null, strict: false });
    if (!attempt.bound && attempt.mistake !== null) working.fail(attempt.mistake);
  }
}

/** One line, or lines until an empty one for an array; undefined when there is nobody to ask. */
function* answerFor(working: Working, parameter: Parameter): Steps<Value | undefined> {
  const { name, type } = parameter;
  if (isCredential(type)) {
    working.host.print(name);
    return yield* askCredential(working.host);
  }
  if (!isMany(type)) return yield* line(working, `${name}: `, type);
  const values: Value[] = [];
  for (;;) {
    const answer = yield* line(working, `${name}[${values.length}]: `, type.replace('[]', ''));
    if (answer === undefined) return undefined;
    if (answer === '') return values;
    values.push(answer);
  }
}

const isMany = (type: string): boolean => type.endsWith('[]') || type.endsWith('StringCollection');

/** Asks again while the answer is of another type. */
function* line(working: Working, prompt: string, type: string): Steps<Value | undefined> {
  const secret = type === 'System.Security.SecureString';
  for (;;) {
    const answer = yield* working.host.ask(prompt, secret);
    if (answer === null) return undefined;
    if (answer === '' || type.endsWith('StringCollection')) return answer;
    const fitted = fit(answer, type, working.host, false);
    if (fitted === null || fitted.ok) return fitted?.value ?? answer;
    // Source: the console host's sentence, recalled.
    working.host.print(`Cannot recognize "${answer}" as a ${type} due to a format error.`);
  }
}
