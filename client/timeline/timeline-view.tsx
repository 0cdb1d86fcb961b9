import { useFacts } from '../state/lab-context.tsx';
import { useSelection } from '../state/place.tsx';

/** What happened when, as an ordered list. */
export const TimelineView = () => {
  const { scope } = useSelection();
  const facts = useFacts(scope);
  return (
    <ol aria-label="Timeline">
      {facts.slice(-50).map(({ n, summary }) => (
        <li key={n}>{summary}</li>
      ))}
    </ol>
  );
};
