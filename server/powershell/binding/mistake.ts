import type { BindingMistake } from '../engine/binder-port.ts';
import type { Extent } from '../syntax/extent.ts';
import type { Value } from '../value/value.ts';

// What the binder says, in Windows PowerShell's words.

const EXCEPTION = 'System.Management.Automation.ParameterBindingException';
const VALIDATION = 'System.Management.Automation.ParameterBindingValidationException';
const TRANSFORMATION =
  'System.Management.Automation.ParameterBindingArgumentTransformationException';

const mistake = (
  id: string,
  message: string,
  extent: Extent | null,
  target: Value = null,
): BindingMistake => ({
  id,
  message,
  category: 'InvalidArgument',
  exception: EXCEPTION,
  target,
  extent,
});

/** `later` is a parameter that only later versions have: it is named, for it is no slip of the pen. */
export const parameterNotFound = (
  name: string,
  extent: Extent,
  later: string | null = null,
): BindingMistake =>
  mistake(
    'NamedParameterNotFound',
    `A parameter cannot be found that matches parameter name '${name}'.${
      later === null ? '' : ` ${later} came with a later version and is not simulated in era 2012.`
    }`,
    extent,
  );

export const positionNotFound = (argument: string, extent: Extent | null): BindingMistake =>
  mistake(
    'PositionalParameterNotFound',
    `A positional parameter cannot be found that accepts argument '${argument}'.`,
    extent,
  );

export const ambiguousParameter = (
  name: string,
  matches: readonly string[],
  extent: Extent,
): BindingMistake =>
  mistake(
    'AmbiguousParameter',
    `Parameter cannot be processed because the parameter name '${name}' is ambiguous. Possible matches include:${matches.map(one => ` -${one}`).join('')}.`,
    extent,
  );

export const argumentMissing = (name: string, type: string, extent: Extent): BindingMistake =>
  mistake(
    'MissingArgument',
    `Missing an argument for parameter '${name}'. Specify a parameter of type '${type}' and try again.`,
    extent,
  );

export const alreadyBound = (name: string, extent: Extent | null): BindingMistake =>
  mistake(
    'ParameterAlreadyBound',
    `Cannot bind parameter because parameter '${name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`,
    extent,
  );

export const ambiguousSet = (extent: Extent | null = null): BindingMistake =>
  mistake(
    'AmbiguousParameterSet',
    'Parameter set cannot be resolved using the specified named parameters.',
    extent,
  );

export const mandatoryMissing = (names: readonly string[]): BindingMistake =>
  mistake(
    'MissingMandatoryParameter',
    `Cannot process command because of one or more missing mandatory parameters: ${names.join(' ')}.`,
    null,
  );

export const inputNotBound = (input: Value): BindingMistake =>
  mistake(
    'InputObjectNotBound',
    'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.',
    null,
    input,
  );

export const inputLacks = (names: readonly string[], input: Value): BindingMistake =>
  mistake(
    'InputObjectMissingMandatory',
    `The input object cannot be bound because it did not contain the information required to bind all mandatory parameters:  ${names.join(' ')}`,
    null,
    input,
  );

export const blockWithoutInput = (name: string, extent: Extent | null): BindingMistake => ({
  ...mistake(
    'ScriptBlockArgumentNoInput',
    `Cannot evaluate parameter '${name}' because its argument is specified as a script block and there is no input. A script block cannot be evaluated without input.`,
    extent,
  ),
  category: 'MetadataError',
});

/** A cmdlet's argument that does not convert: why is a cast's sentence. */
export const notConverted = (name: string, why: string, extent: Extent | null): BindingMistake =>
  mistake('CannotConvertArgumentNoMessage', `Cannot bind parameter '${name}'. ${why}`, extent);

/** An array given to what takes one value. */
export const notOne = (
  name: string,
  types: { readonly from: string; readonly to: string },
  extent: Extent | null,
): BindingMistake =>
  mistake(
    'CannotConvertArgument',
    `Cannot convert '${types.from}' to the type '${types.to}' required by parameter '${name}'. Specified method is not supported.`,
    extent,
  );

/** A function's argument that does not convert. */
export const notTransformed = (
  name: string,
  why: string,
  extent: Extent | null,
): BindingMistake => ({
  ...mistake(
    'ParameterArgumentTransformationError',
    `Cannot process argument transformation on parameter '${name}'. ${why}`,
    extent,
  ),
  category: 'InvalidData',
  exception: TRANSFORMATION,
});

/** Null or empty for a mandatory parameter. */
export const emptyArgument = (
  name: string,
  what: 'Null' | 'EmptyString' | 'EmptyArray',
  extent: Extent | null,
): BindingMistake => ({
  ...mistake(
    `ParameterArgumentValidationError${what}NotAllowed`,
    `Cannot bind argument to parameter '${name}' because it is ${EMPTY[what]}.`,
    extent,
  ),
  category: 'InvalidData',
  exception: VALIDATION,
});

const EMPTY = {
  Null: 'null',
  EmptyString: 'an empty string',
  EmptyArray: 'an empty array',
} as const;

/** A validation attribute's refusal. */
export const notValid = (name: string, why: string, extent: Extent | null): BindingMistake => ({
  ...mistake(
    'ParameterArgumentValidationError',
    `Cannot validate argument on parameter '${name}'. ${why}`,
    extent,
  ),
  category: 'InvalidData',
  exception: VALIDATION,
});
