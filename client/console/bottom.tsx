import {
  type CSSProperties,
  lazy,
  type ReactNode,
  Suspense,
  useRef,
  useSyncExternalStore,
} from 'react';
import { FactsPanel } from '../facts/facts-panel.tsx';
import { useConsoleList } from '../state/lab-context.tsx';
import { TasksPanel } from '../tasks/tasks-panel.tsx';
import { heightOf } from './bottom-size.ts';
import { BottomTabs, CollapseButton, PANEL } from './bottom-tabs.tsx';
import { useConsoles } from './console-context.tsx';
import css from './console.module.css';
import { EmptyConsoles } from './empty-consoles.tsx';
import { KeyboardBar } from './keyboard-bar.tsx';
import { Resizer } from './resizer.tsx';

// The terminal is as large as all of the page: it comes with the first console that is looked at.
const TerminalView = lazy(() =>
  import('./terminal-view.tsx').then(module => ({ default: module.TerminalView })),
);

const onResize = (listener: () => void): (() => void) => {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
};

const useWindowHeight = (): number => useSyncExternalStore(onResize, () => window.innerHeight);

/** The lower part of a lab's screen: what happens and the consoles on the left, tasks on the right. */
export const Bottom = ({ className }: { className: string }) => {
  const { memory, remember } = useConsoles();
  const windowHeight = useWindowHeight();
  const height = heightOf(memory, windowHeight);
  const style = { '--bottom-height': memory.collapsed ? '31px' : `${height}px` } as CSSProperties;
  return (
    <footer
      className={`${className} ${css['bottom']}`}
      style={style}
      data-collapsed={memory.collapsed}
    >
      <Resizer height={height} windowHeight={windowHeight} />
      <Left />
      <TasksPanel />
      <CollapseButton
        collapsed={memory.collapsed}
        onClick={() => remember({ collapsed: !memory.collapsed })}
      />
    </footer>
  );
};

const Left = () => {
  const { memory } = useConsoles();
  const list = useConsoleList();
  const strip = useRef<HTMLDivElement>(null);
  const { shown } = memory;
  const tab = list?.find(({ id }) => id === shown) ?? (shown === 'facts' ? undefined : list?.[0]);
  const tabs = <BottomTabs ref={strip} shown={tab?.id ?? (shown === 'facts' ? 'facts' : 'new')} />;
  if (shown === 'facts') return <FactsPanel tabs={tabs} id={PANEL} />;
  const leave = (): void =>
    strip.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  return (
    <Panel tabs={tabs} tools={tab && <KeyboardBar tab={tab} />}>
      {tab !== undefined && (
        <Suspense>
          <TerminalView key={tab.id} tab={tab} leave={leave} />
        </Suspense>
      )}
      {tab === undefined && list !== null && <EmptyConsoles />}
      {list === null && <p className={css['waits']}>Asking for the consoles of this lab…</p>}
    </Panel>
  );
};

const Panel = ({
  tabs,
  tools,
  children,
}: {
  tabs: ReactNode;
  tools: ReactNode;
  children: ReactNode;
}) => (
  <section className={css['panel']} aria-label="PowerShell">
    <div className={css['head']}>
      {tabs}
      {tools}
    </div>
    <div className={css['body']} id={PANEL} role="tabpanel" aria-label="Console">
      {children}
    </div>
  </section>
);
