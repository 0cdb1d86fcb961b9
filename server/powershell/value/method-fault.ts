import { fault } from './fault.ts';
import type { Value } from './value.ts';

/** What a method of a type takes and gives; undefined is void. */
export type MethodBody<T> = (self: T, args: readonly Value[]) => Value | undefined;

export type Methods<T> = ReadonlyMap<string, MethodBody<T>>;

/** A table of methods by lower-cased name. */
export const methods = <T>(
  entries: readonly (readonly [name: string, body: MethodBody<T>])[],
): Methods<T> => new Map(entries.map(([name, body]) => [name.toLowerCase(), body]));

export const noMethod = (type: string, name: string) =>
  fault({
    message: `Method invocation failed because [${type}] does not contain a method named '${name}'.`,
    id: 'MethodNotFound',
    category: 'InvalidOperation',
    target: name,
  });

export const noOverload = (name: string, count: number) =>
  fault({
    message: `Cannot find an overload for "${name}" and the argument count: "${count}".`,
    id: 'MethodCountCouldNotFindBest',
    category: 'NotSpecified',
    exception: 'System.Management.Automation.MethodException',
  });

/** What .NET threw inside a method, as PowerShell says it. */
export const thrownIn = (name: string, count: number, why: string, exception: string) =>
  fault({
    message: `Exception calling "${name}" with "${count}" argument(s): "${why}"`,
    id: exception,
    category: 'NotSpecified',
    exception: 'System.Management.Automation.MethodInvocationException',
  });
