import {
  Button,
  Menu,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronUpRegular } from '@fluentui/react-icons/svg/chevron-up';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import { HandRightRegular } from '@fluentui/react-icons/svg/hand-right';
import { WindowConsoleRegular } from '@fluentui/react-icons/svg/window-console';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useRef,
} from 'react';
import type { ListedConsole } from '../link/console-desk.ts';
import { Face } from '../people/face.tsx';
import { useConsoleList, usePeople } from '../state/lab-context.tsx';
import { useConsoles } from './console-context.tsx';
import css from './console.module.css';

/** What the tabs control. */
export const PANEL = 'bottom-panel';

const STEPS: { readonly [key: string]: number } = { ArrowLeft: -1, ArrowRight: 1 };

/** What happens, every console of the lab, and a way to open one more. */
export const BottomTabs = ({ shown, ref }: { shown: string; ref?: Ref<HTMLDivElement> }) => {
  const { remember, goTo } = useConsoles();
  const list = useConsoleList() ?? [];
  const ids = ['facts', ...(list.length === 0 ? ['new'] : list.map(({ id }) => id))];
  const show = (id: string): void => remember({ shown: id, collapsed: false });
  const row = useRef<HTMLDivElement>(null);
  useInSight(row, `${shown} ${list.length}`);
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const id = ids[ids.indexOf(shown) + (STEPS[event.key] ?? NaN)];
    if (id === undefined) return;
    event.preventDefault();
    show(id);
    const tabs = event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]');
    tabs[ids.indexOf(id)]?.focus();
  };
  const tab = (id: string, content: ReactNode, open = () => show(id)): ReactNode => (
    <button
      key={id}
      type="button"
      role="tab"
      className={css['tab']}
      aria-selected={id === shown}
      {...(id === shown ? { 'aria-controls': PANEL } : {})}
      tabIndex={id === shown ? 0 : -1}
      onClick={open}
    >
      {content}
    </button>
  );
  return (
    <div className={css['strip']} ref={ref}>
      <div
        ref={row}
        className={css['tabs']}
        role="tablist"
        aria-label="What is shown here"
        onKeyDown={press}
      >
        {tab('facts', 'What happens')}
        {list.length === 0 && tab('new', 'PowerShell')}
        {list.map(one => tab(one.id, <TabContent tab={one} />, () => goTo(one.id)))}
      </div>
      {list.length > 0 && <OpenMenu />}
    </div>
  );
};

/** The chosen tab, also when others need more room or the row has less. */
const useInSight = (row: RefObject<HTMLDivElement | null>, why: string): void => {
  useEffect(() => {
    const tabs = row.current;
    if (tabs === null) return undefined;
    const watch = new ResizeObserver(() => {
      const chosen = tabs.querySelector('[aria-selected=true]');
      chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    watch.observe(tabs);
    return () => watch.disconnect();
  }, [row, why]);
};

const TabContent = ({ tab: { title, driver, viewers, wants } }: { tab: ListedConsole }) => {
  const people = usePeople();
  const looking = viewers.filter(({ id }) => id !== driver?.id);
  const names = looking.map(({ name }) => name).join(', ');
  const online = driver !== null && (people.find(({ id }) => id === driver.id)?.online ?? false);
  return (
    <>
      <WindowConsoleRegular aria-hidden />
      {title}
      {driver !== null && <Face person={{ ...driver, online }} small doing="has the keyboard" />}
      {wants.length > 0 && (
        <span title={`${wants.map(({ name }) => name).join(', ')}: asking for the keyboard`}>
          <HandRightRegular aria-hidden />
          <span className="unseen">, somebody asks for the keyboard</span>
        </span>
      )}
      {looking.length > 0 && (
        <span className={css['viewers']} title={`${names} looking on`}>
          <EyeRegular aria-hidden />
          {looking.length}
          <span className="unseen"> looking on</span>
        </span>
      )}
    </>
  );
};

/** One more console, on a host of the lab or where its administrator sits. */
const OpenMenu = () => {
  const { open, computers } = useConsoles();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content="Open a console" relationship="label">
          <Button appearance="subtle" size="small" icon={<AddRegular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>Windows PowerShell on</MenuGroupHeader>
            {computers.map(({ id, name }) => (
              <MenuItem key={id} onClick={() => void open(id)}>
                {name}
              </MenuItem>
            ))}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};

export const CollapseButton = ({
  collapsed,
  onClick,
}: {
  collapsed: boolean;
  onClick: () => void;
}) => (
  <Tooltip content={collapsed ? 'Show this part' : 'Hide this part'} relationship="label">
    <Button
      className={css['collapse'] ?? ''}
      appearance="subtle"
      size="small"
      icon={collapsed ? <ChevronUpRegular /> : <ChevronDownRegular />}
      aria-expanded={!collapsed}
      onClick={onClick}
    />
  </Tooltip>
);
