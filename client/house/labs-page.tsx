import { Button } from '@fluentui/react-components';
import { type CSSProperties, lazy, Suspense, useState } from 'react';
import { type Lab, listLabs, readMe, signOut } from '../rest/request.ts';
import { useAsked } from '../rest/use-asked.ts';
import { placeIn } from '../route/address.ts';
import { go, Link } from '../route/navigation.tsx';
import { labColour } from '../shell/lab-colour.ts';
import { useTheme } from '../theme/theme.tsx';
import { ArchiveButton } from './archive-button.tsx';
import { HousePage, ProblemNote } from './house-page.tsx';
import css from './house.module.css';

const ShareDialog = lazy(() =>
  import('./share-dialog.tsx').then(module => ({ default: module.ShareDialog })),
);

/** The labs of whoever is signed in; for an instructor also the way to new ones and to join links. */
export const LabsPage = () => {
  const me = useAsked(readMe);
  const labs = useAsked(listLabs);
  const [sharing, setSharing] = useState<Lab | null>(null);
  const problem = me.problem ?? labs.problem;
  const mayCreate = me.value?.may.includes('house.create-lab') ?? false;
  return (
    <HousePage me={me.value}>
      <div className={css['middle']}>
        <div className={css['head']}>
          <h1>Labs</h1>
          <div className={css['actions']}>
            {mayCreate && (
              <Button appearance="primary" onClick={() => go({ page: 'new-lab' })}>
                New Lab…
              </Button>
            )}
            {me.value && (
              <Button onClick={() => void signOut().then(() => window.location.assign('/'))}>
                Sign Out
              </Button>
            )}
          </div>
        </div>
        {problem && <ProblemNote problem={problem} />}
        {labs.value && (
          <LabList
            labs={labs.value.labs}
            mayCreate={mayCreate}
            onShare={setSharing}
            onChange={labs.again}
          />
        )}
      </div>
      {sharing && (
        <Suspense>
          <ShareDialog lab={sharing.lab} name={sharing.name} onClose={() => setSharing(null)} />
        </Suspense>
      )}
    </HousePage>
  );
};

const LabList = ({
  labs,
  mayCreate,
  onShare,
  onChange,
}: {
  labs: readonly Lab[];
  mayCreate: boolean;
  onShare: (lab: Lab) => void;
  onChange: () => void;
}) => {
  if (labs.length === 0) {
    return (
      <div className={css['empty']}>
        {mayCreate
          ? 'No lab yet. Make one from a sample: it runs at once, and needs no machine but this one.'
          : 'You are in no lab. Open the join link that your instructor gave you.'}
      </div>
    );
  }
  return (
    <ul className={css['labs']}>
      {labs.map(lab => (
        <LabRow key={lab.lab} lab={lab} onShare={onShare} onChange={onChange} />
      ))}
    </ul>
  );
};

const LabRow = ({
  lab,
  onShare,
  onChange,
}: {
  lab: Lab;
  onShare: (lab: Lab) => void;
  onChange: () => void;
}) => {
  const { dark } = useTheme();
  const made = new Date(lab.createdAt);
  const style = { '--lab-colour': labColour(lab.lab, dark) } as CSSProperties;
  return (
    <li className={css['lab']} style={style}>
      <div>
        <Link to={{ page: 'lab', ...placeIn(lab.lab) }}>{lab.name}</Link>
        <small>
          {lab.role}, made {made.toLocaleDateString()} {made.toLocaleTimeString()}
        </small>
      </div>
      <div className={css['actions']}>
        {lab.may.includes('link.create') && <Button onClick={() => onShare(lab)}>Invite…</Button>}
        {lab.may.includes('lab.manage') && lab.owner !== null && (
          <ArchiveButton lab={lab} onDone={onChange} />
        )}
        <Button appearance="primary" onClick={() => go({ page: 'lab', ...placeIn(lab.lab) })}>
          Open
        </Button>
      </div>
    </li>
  );
};
