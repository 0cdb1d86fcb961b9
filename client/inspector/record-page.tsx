import { useMemo } from 'react';
import type { Table } from '../../server/protocol/field.ts';
import { type Id, isId, kindOf } from '../../server/protocol/id.ts';
import { type RecordKind, TABLES } from '../../server/protocol/record/index.ts';
import { useFacts, useNameOf, useRecord } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useSelection } from '../state/place.tsx';
import { JobSteps } from '../tasks/job-steps.tsx';
import { factsAbout, stateFact } from './facts-about.ts';
import css from './inspector.module.css';
import { LAST, LastFacts } from './last-facts.tsx';
import { InspectorPage, Part } from './page.tsx';
import { kindTitle, titleOf } from './record-title.ts';
import { RecordTree, RelatedTree } from './record-tree.tsx';
import { OF_DEVICE, OF_RECORD } from './rules-of.ts';
import { RulesPart } from './rules-part.tsx';
import { useFindFact } from './use-fact.ts';
import { Why } from './why.tsx';

const isKind = (text: string): text is RecordKind => Object.hasOwn(TABLES, text);

export const RecordPage = ({ id }: { id: string }) => {
  const kind = kindOf(id);
  if (!isKind(kind)) {
    return (
      <InspectorPage kind="UNKNOWN" title={id}>
        <p className={css['hint']}>There is no such kind of object.</p>
      </InspectorPage>
    );
  }
  return <KnownRecord kind={kind} id={id as Id} />;
};

const KnownRecord = ({ kind, id }: { kind: RecordKind; id: Id }) => {
  const table: Table = TABLES[kind];
  const record: Seen<RecordKind> | undefined = useRecord(id);
  const why = record && <WhySo record={record} />;
  const job = useRecord<'job'>(isId('job', id) ? id : null);
  const nameOf = useNameOf();
  // Whoever opens a task or a machine asks what happened to it: its columns are seen elsewhere, too.
  const isAsked = kind === 'job' || kind === 'vm';
  const title = nameOf(id) ?? titleOf(record) ?? id.slice(kind.length + 1);
  return (
    <InspectorPage kind={kindTitle(kind)} title={title}>
      <Part>
        <p className={css['about']}>{table.about}</p>
      </Part>
      {job !== undefined && <JobSteps key={id} job={job} />}
      {isAsked && why}
      {record === undefined ? (
        <p className={css['hint']}>
          It is not there any more, or belongs to an object that is not selected.
        </p>
      ) : (
        <Part title="Now">
          <RecordTree record={record} />
          <RelatedTree id={id} />
        </Part>
      )}
      {!isAsked && why}
      {record !== undefined && <Last record={record} />}
      <RulesPart ids={rulesOf(kind, record)} />
    </InspectorPage>
  );
};

/** Why it is as it is: a machine's state, and not whatever else was changed of it last. */
const WhySo = ({ record }: { record: Seen<RecordKind> }) => {
  const find = useFindFact();
  const { vm } = useSelection();
  const facts = useFacts(vm?.id ?? 'lab');
  const state = vm !== null && vm.id === record.id ? vm.state : undefined;
  const moved = state === undefined ? undefined : stateFact(record.id, state, facts);
  const fact = moved ?? find(record.cause);
  if (fact === undefined) return null;
  const title = moved === undefined ? 'Why is it so?' : `Why is it ${(state ?? '').toLowerCase()}?`;
  return <Why fact={fact} title={title} />;
};

const rulesOf = (kind: RecordKind, record: object | undefined): readonly string[] => {
  const device: unknown = record && Reflect.get(record, 'device');
  const own =
    kind === 'vmbus-channel' && typeof device === 'string' ? OF_DEVICE[device] : undefined;
  return [...(own ?? []), ...OF_RECORD[kind]];
};

const Last = ({ record }: { record: Seen<RecordKind> }) => {
  const { host, vm } = useSelection();
  const ofVm = useFacts(vm?.id ?? 'lab');
  const ofHost = useFacts(host?.id ?? 'lab');
  const facts = useMemo(() => {
    const own = factsAbout(record, ofVm, LAST);
    return own.length > 0 ? own : factsAbout(record, ofHost, LAST);
  }, [record, ofVm, ofHost]);
  return <LastFacts facts={facts} title="Its last facts" />;
};
