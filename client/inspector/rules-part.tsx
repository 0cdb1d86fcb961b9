import { useEffect, useState } from 'react';
import css from './inspector.module.css';
import { Part } from './page.tsx';
import { type Rule, rulesIn } from './rule.ts';

type Rules = ReadonlyMap<string, Rule>;

let asked: Promise<Rules> | null = null;

/** A chunk of its own: whoever opens no inspector does not load it. */
const load = (): Promise<Rules> => {
  asked ??= import('./spec-texts.ts').then(
    ({ SPEC_TEXTS }) =>
      new Map(
        Object.values(SPEC_TEXTS)
          .flatMap(rulesIn)
          .map(rule => [rule.id, rule]),
      ),
  );
  return asked;
};

const useRules = (): Rules | null => {
  const [rules, setRules] = useState<Rules | null>(null);
  useEffect(() => {
    let wanted = true;
    void load().then(loaded => wanted && setRules(loaded));
    return () => {
      wanted = false;
    };
  }, []);
  return rules;
};

/** So many are read; a rule that names the event itself comes before all. */
const SHOWN = 5;

/** The rules that something follows, each with its sentence and who says so. */
export const RulesPart = ({
  ids,
  event = null,
}: {
  ids: readonly string[];
  event?: number | null;
}) => {
  const rules = useRules();
  if (rules === null) return null;
  const named = event === null ? [] : naming(rules, event);
  const shown = [...new Set([...named, ...ids])].flatMap(id => rules.get(id) ?? []).slice(0, SHOWN);
  if (shown.length === 0) return null;
  return (
    <Part title="Rules">
      <dl className={css['rules']}>
        {shown.map(({ id, of, sentence, source }) => (
          <div key={id}>
            <dt title={of}>{id}</dt>
            <dd>
              {sentence} <cite>{source}</cite>
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
};

const naming = (rules: Rules, event: number): readonly string[] => {
  const number = new RegExp(`\\b${event}\\b`, 'u');
  return [...rules.values()].flatMap(({ id, sentence }) => (number.test(sentence) ? [id] : []));
};
