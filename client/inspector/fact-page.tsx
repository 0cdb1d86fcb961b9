import type { Fact } from '../../server/protocol/fact.ts';
import { COMPONENTS, KIND_NAMES } from '../facts/components.ts';
import { whoText } from '../facts/fact-columns.tsx';
import { clockTime } from '../format/lab-time.ts';
import { useNameOf, useRecord } from '../state/lab-context.tsx';
import { useMove, usePlace } from '../state/place.tsx';
import { hexLines } from '../vmbus/hex-lines.ts';
import { DataTree } from './data-tree.tsx';
import css from './inspector.module.css';
import { InspectorPage, Part } from './page.tsx';
import { eventOf, rulesOfFact } from './rules-of.ts';
import { RulesPart } from './rules-part.tsx';
import { useFindFact } from './use-fact.ts';
import { Why } from './why.tsx';

export const FactPage = ({ n }: { n: number }) => {
  const fact = useFindFact()(n);
  if (fact === undefined) {
    return (
      <InspectorPage kind="FACT" title={`Fact ${n}`}>
        <p className={css['hint']}>
          This page does not hold it: it is older than what was sent, or about an object that is not
          selected. Choose its host or virtual machine on the left.
        </p>
      </InspectorPage>
    );
  }
  return (
    <InspectorPage kind={KIND_NAMES[fact.kind].toUpperCase()} title={fact.summary}>
      <Told fact={fact} />
      <Why fact={fact} />
      <RulesPart ids={rulesOfFact(fact)} event={eventOf(fact)} />
      <Bytes fact={fact} />
    </InspectorPage>
  );
};

const Told = ({ fact }: { fact: Fact }) => {
  const clock = useRecord<'clock'>('clock:lab');
  const nameOf = useNameOf();
  const { turn } = usePlace();
  const move = useMove();
  const { bytes: _, ...data } = fact.data;
  return (
    <>
      <Part>
        <p className={css['about']}>{COMPONENTS[fact.to ?? fact.from].about}</p>
      </Part>
      <Part>
        <dl className={css['fields']}>
          <Pair name="Lab time" text={clockTime(clock?.calendarStart ?? 0, fact.at)} />
          <Pair name="Who" text={whoText(fact)} />
          {fact.vm !== null && <Pair name="Machine" text={nameOf(fact.vm) ?? fact.vm} />}
          {fact.host !== null && <Pair name="Host" text={nameOf(fact.host) ?? fact.host} />}
          <Pair name="Number" text={`fact ${fact.n}, turn ${fact.turn}`} />
        </dl>
        {turn !== fact.turn && (
          <button
            type="button"
            className={css['link']}
            onClick={() => move({ tab: 'xray', turn: fact.turn })}
          >
            Show this moment in X-ray
          </button>
        )}
      </Part>
      {Object.keys(data).length > 0 && (
        <Part title="The case">
          <DataTree data={data} />
        </Part>
      )}
    </>
  );
};

const Pair = ({ name, text }: { name: string; text: string }) => (
  <div className={css['field']}>
    <dt>{name}</dt>
    <dd>{text}</dd>
  </div>
);

/** The message as it lay in memory. */
const Bytes = ({ fact: { data } }: { fact: Fact }) => {
  const { bytes } = data;
  if (typeof bytes !== 'string' || bytes === '') return null;
  return (
    <Part title={`${bytes.length / 2} bytes`}>
      <pre className={css['bytes']}>
        {hexLines(bytes, 8)
          .map(({ offset, hex }) => `${offset}  ${hex}`)
          .join('\n')}
      </pre>
    </Part>
  );
};
