import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { CustomObject } from '../../value/custom-object.ts';

export const getHost: Cmdlet = {
  name: 'Get-Host',
  synopsis: 'Shows the console that this session is in.',
  examples: [{ line: '(Get-Host).Version', about: 'The version of Windows PowerShell.' }],
  *process({ shell }) {
    yield* shell.write(shell.session.variable('Host') ?? null);
  },
};

/** Every host of a lab is in English. */
const enUs = (): CustomObject => {
  const culture = new CustomObject('System.Globalization.CultureInfo');
  culture.note('LCID', 1033);
  culture.note('Name', 'en-US');
  culture.note('DisplayName', 'English (United States)');
  return culture;
};

const culture = (name: string, synopsis: string): Cmdlet => ({
  name,
  synopsis,
  examples: [{ line: `(${name}).Name`, about: 'en-US.' }],
  *process({ shell }: Call) {
    yield* shell.write(enUs());
  },
});

export const getCulture = culture('Get-Culture', 'Shows how numbers and dates are written.');
export const getUiCulture = culture('Get-UICulture', 'Shows in which language Windows speaks.');
