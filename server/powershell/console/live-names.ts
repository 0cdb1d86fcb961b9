import type { Id } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { ValueAsked } from '../complete/port.ts';
import { compareText } from '../value/compare.ts';
import type { ShellLab } from '../engine/lab.ts';

interface Place {
  readonly lab: ShellLab;
  readonly computer: string;
}

type Names = (place: Place, asked: ValueAsked) => readonly string[];

type OfHost = 'virtual-switch' | 'service' | 'virtual-disk' | 'library-image' | 'vm';

const here = <K extends OfHost>({ lab, computer }: Place, kind: K): readonly RecordOf<K>[] =>
  lab.by(kind, 'host', computer);

const pathOf = ({ path }: { readonly path: string }): string => path;

const isosOf = (place: Place): readonly string[] =>
  here(place, 'library-image')
    .filter(({ type }) => type === 'Iso')
    .map(pathOf);

/** Of the host that -ComputerName names, when it is there already. */
const machinesOf = (place: Place, { given }: ValueAsked): readonly string[] => {
  const { lab } = place;
  const named = given.get('computername')?.map(name => name.toLowerCase());
  const hosts: readonly Id<'host'>[] =
    named === undefined
      ? [place.computer as Id<'host'>]
      : lab
          .all('host')
          .filter(({ name }) => named.includes(name.toLowerCase()))
          .map(({ id }) => id);
  return hosts.flatMap(host => lab.by('vm', 'host', host).map(({ name }) => name));
};

const servicesOf = ({ lab }: Place): readonly string[] => [
  ...new Set(lab.all('integration-service').map(({ name }) => name)),
];

/** Which names of the lab a parameter takes: by the parameter, else by the noun of its command. */
const KINDS: readonly (readonly [parameter: RegExp, noun: RegExp, names: Names])[] = [
  [/^ComputerName$/, /./, ({ lab }) => lab.all('host').map(({ name }) => name)],
  [/^SwitchName$/, /./, place => here(place, 'virtual-switch').map(({ name }) => name)],
  [/^Name$/, /^VMSwitch$/, place => here(place, 'virtual-switch').map(({ name }) => name)],
  [/^Name$/, /^VMIntegrationService$/, servicesOf],
  [/^Name$/, /^VMNetworkAdapter$/, () => ['Network Adapter']],
  [/^Name$|^DisplayName$/, /^Service$/, place => here(place, 'service').map(({ name }) => name)],
  [/^VMName$|^Name$|^VM$/, /^VM/, machinesOf],
  [/^(NewVHDPath|VHDPath|Path)$/, /^(VM|VHD)$/, place => here(place, 'virtual-disk').map(pathOf)],
  [/^Path$/, /^VMDvdDrive$/, isosOf],
];

export const namesFor = (place: Place, command: string, asked: ValueAsked): readonly string[] => {
  const noun = command.slice(command.indexOf('-') + 1);
  const row = KINDS.find(
    ([parameter, nouns]) => parameter.test(asked.parameter) && nouns.test(noun),
  );
  return row === undefined ? [] : row[2](place, asked).toSorted((a, b) => compareText(a, b));
};
