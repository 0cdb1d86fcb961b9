import { type ReactElement, useEffect, useRef } from 'react';
import { ICONS } from './icons.tsx';
import type { Draft } from './draft.ts';
import type { Node } from './nodes.ts';
import css from './settings.module.css';

interface TreeProps {
  readonly nodes: readonly Node[];
  readonly at: string;
  readonly draft: Draft;
  readonly onGo: (id: string) => void;
}

export const SettingsTree = ({ nodes, at, draft, onGo }: TreeProps) => {
  const tree = useRef<HTMLElement>(null);
  // An address may name a page far down, and devices come a moment later than the machine.
  useEffect(() => {
    tree.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [at, nodes.length]);
  return (
    <nav ref={tree} className={css['tree']} aria-label="Settings" tabIndex={-1}>
      {(['Hardware', 'Management'] as const).map(group => (
        <div key={group} role="group" aria-label={group}>
          <div className={css['group']}>{group}</div>
          {nodes
            .filter(node => node.group === group)
            .map(node => (
              <Row key={node.id} node={node} isHere={node.id === at} draft={draft} onGo={onGo} />
            ))}
        </div>
      ))}
    </nav>
  );
};

const Row = ({
  node: { id, page, title, line, depth, keys },
  isHere,
  draft,
  onGo,
}: {
  node: Node;
  isHere: boolean;
  draft: Draft;
  onGo: (id: string) => void;
}): ReactElement => {
  const isEdited = keys.some(key => draft.has(key));
  return (
    <button
      type="button"
      className={`${css['node']} ${depth > 0 ? css['under'] : ''}`}
      aria-current={isHere ? 'page' : undefined}
      onClick={() => onGo(id)}
    >
      <span className={css['icon']}>{ICONS[page]}</span>
      <span className={css['words']}>
        {title}
        {isEdited && <b title="Changed, and not saved yet"> *</b>}
        {line !== '' && <small>{line}</small>}
      </span>
    </button>
  );
};
