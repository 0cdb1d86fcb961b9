import { Link } from '../route/navigation.tsx';
import { HousePage } from './house-page.tsx';
import css from './house.module.css';

export const UnknownPage = ({ path }: { path: string }) => (
  <HousePage>
    <div className={css['card']}>
      <h1>There is no such page</h1>
      <p style={{ overflowWrap: 'anywhere' }}>
        <code>{path}</code> leads nowhere. A link may have been cut off when it was copied: open it
        again where you found it.
      </p>
      <Link to={{ page: 'home' }}>To the beginning</Link>
    </div>
  </HousePage>
);
