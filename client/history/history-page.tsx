import { useCallback, useState } from 'react';
import { HousePage, ProblemNote } from '../house/house-page.tsx';
import houseCss from '../house/house.module.css';
import { openPageLink } from '../link/browser-wire.ts';
import { type Problem, readMe, type View, viewPast } from '../rest/request.ts';
import { useAsked } from '../rest/use-asked.ts';
import { placeIn } from '../route/address.ts';
import { Link } from '../route/navigation.tsx';
import { ClosedPage } from '../shell/closed-page.tsx';
import {
  LabProvider,
  useConnection,
  useMe,
  useMoment,
  useRecord,
  useWatch,
} from '../state/lab-context.tsx';
import { GoOn } from './go-on.tsx';
import { type Chosen, MomentForm } from './moment-form.tsx';
import { whenOf } from './moment.ts';
import { PastPicture } from './past-picture.tsx';

/** The past of a lab, for its instructors: any moment, and what can be made of it. */
export const HistoryPage = ({ lab }: { lab: string }) => {
  const open = useCallback(() => openPageLink(lab), [lab]);
  return (
    <LabProvider key={lab} open={open}>
      <History lab={lab} />
    </LabProvider>
  );
};

interface Looked {
  readonly chosen: Chosen;
  readonly view: View;
}

const History = ({ lab }: { lab: string }) => {
  const person = useAsked(readMe);
  const connection = useConnection();
  const name = useRecord<'clock'>('clock:lab')?.labName;
  useWatch('lab');
  if (connection.phase === 'closed') return <ClosedPage connection={connection} />;
  return (
    <HousePage me={person.value}>
      <div className={houseCss['middle']}>
        <div className={houseCss['head']}>
          <h1>History of {name ?? 'the lab'}</h1>
          <Link to={{ page: 'lab', ...placeIn(lab) }} className={houseCss['away']}>
            To the lab
          </Link>
        </div>
        <Looking lab={lab} />
      </div>
    </HousePage>
  );
};

const Looking = ({ lab }: { lab: string }) => {
  const me = useMe();
  const extent = useMoment();
  const start = useRecord<'clock'>('clock:lab')?.calendarStart;
  const [looked, setLooked] = useState<Looked | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (chosen: Chosen): Promise<void> => {
    setBusy(true);
    const answer = await viewPast(lab, 'lab', whenOf(chosen.by, chosen.value));
    setBusy(false);
    setProblem(answer.ok ? null : answer.fault);
    if (answer.ok) setLooked({ chosen, view: answer.value });
  };
  if (me?.role === 'learner') return <p>The history of a lab is for its instructors.</p>;
  if (extent === null || start === undefined) return <p>The lab is being opened…</p>;
  return (
    <>
      <MomentForm extent={extent} busy={busy} onLook={chosen => void look(chosen)} />
      {problem && <ProblemNote problem={problem} />}
      {looked && (
        <>
          <PastPicture view={looked.view} calendarStart={start} />
          <h2 style={{ fontSize: 16 }}>Go on from there</h2>
          <GoOn
            key={`${looked.chosen.by} ${looked.chosen.value}`}
            lab={lab}
            by={looked.chosen.by}
            value={looked.chosen.value}
          />
        </>
      )}
    </>
  );
};
