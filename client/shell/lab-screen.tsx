import { type CSSProperties, Suspense, useEffect } from 'react';
import { ActionsPane } from '../actions/actions-pane.tsx';
import { ConfirmProvider } from '../actions/confirm.tsx';
import { Bottom } from '../console/bottom.tsx';
import { ConsolesProvider } from '../console/console-context.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { MachinesView } from '../machines/machines-view.tsx';
import { InMoment } from '../moment/use-moment.tsx';
import type { Tab } from '../route/address.ts';
import { useArrived, useConnection, useInStep, useWatch } from '../state/lab-context.tsx';
import { usePlace, useSelection } from '../state/place.tsx';
import { usePresence } from '../state/presence.tsx';
import { useTheme } from '../theme/theme.tsx';
import { ClosedPage } from './closed-page.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { Dialogs } from './dialogs.tsx';
import { JobCard } from './job-card.tsx';
import { labColour } from './lab-colour.ts';
import css from './shell.module.css';
import { Tabs } from './tabs.tsx';
import { TopBar } from './top-bar.tsx';
import { Tree } from './tree.tsx';
import { useBrowserTab } from './use-browser-tab.ts';
import { fetchViews, LATER_VIEWS } from './views.ts';

const VIEWS: Readonly<Record<Tab, () => React.ReactNode>> = {
  machines: () => <MachinesView />,
  xray: () => <LATER_VIEWS.xray />,
  vmbus: () => <LATER_VIEWS.vmbus />,
  processes: () => <LATER_VIEWS.processes />,
  events: () => <LATER_VIEWS.events />,
  timeline: () => <LATER_VIEWS.timeline />,
};

/** A lab that never opened has nothing to show but why. */
export const LabScreen = () => {
  const connection = useConnection();
  const arrived = useArrived('lab');
  useWatch('lab');
  if (connection.phase === 'closed' && !arrived) return <ClosedPage connection={connection} />;
  return <OpenLabScreen />;
};

/** The one screen of a lab: where it is, what is in it, the chosen view, what one can do, what happens. */
const OpenLabScreen = () => {
  const place = usePlace();
  const { host, vm } = useSelection();
  const { phase } = useConnection();
  const { dark } = useTheme();
  useWatch(host?.id ?? null, place.tab === 'xray');
  useWatch(vm?.id ?? null, place.tab === 'xray' || place.tab === 'vmbus');
  useInStep();
  usePresence(place);
  const arrived = useArrived('lab');
  useEffect(() => (arrived ? fetchViews() : undefined), [arrived]);
  const stale = phase === 'offline' || phase === 'stopped' || phase === 'closed';
  const tint = labColour(place.lab, dark);
  useBrowserTab(tint);
  const colour = { '--lab-colour': tint } as CSSProperties;
  return (
    <ConsolesProvider>
      <ConfirmProvider>
        <div className={`${css['frame']} ${stale ? css['stale'] : ''}`} style={colour}>
          <TopBar />
          <ConnectionBar />
          <aside className={css['tree']} aria-label="Objects of the lab">
            <Tree />
          </aside>
          <main className={css['main']}>
            <Tabs />
            <div className={css['view']}>
              <Suspense>{VIEWS[place.tab]()}</Suspense>
            </div>
          </main>
          <aside className={css['side']} aria-label="Actions and inspector">
            {place.inspect === null ? (
              <>
                <ActionsPane />
                <JobCard />
              </>
            ) : (
              <InMoment>
                <Inspector />
              </InMoment>
            )}
          </aside>
          <Bottom className={css['bottom'] ?? ''} />
        </div>
        <Dialogs />
      </ConfirmProvider>
    </ConsolesProvider>
  );
};
