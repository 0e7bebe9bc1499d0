// What the address of the house asks for: only sessions with taken seats, unless it says otherwise.
import type { HouseQuery } from '../../../../admin/contract/house.ts';

const PAGE = 50;

export const houseQueryOf = ({ find, all, cursor }: Readonly<Record<string, string>>): HouseQuery => ({
  limit: PAGE,
  ...(find !== undefined && find !== '' && { find }),
  ...(all === undefined && { touched: true }),
  ...(cursor !== undefined && { cursor }),
});
