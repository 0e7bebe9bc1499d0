// One sale, as the documentation shows it: a session, its seat map, a reservation and its order.

export const SESSION = {
  id: 's1',
  film: { id: 'glass-orchard', title: 'The Glass Orchard' },
  venue: { id: 'lumen', name: 'Lumen' },
  hall: { id: 'lumen-1', name: 'Hall 1' },
  startsAt: '2026-02-01T18:00:00.000Z',
  onSaleAt: '2026-01-25T09:30:00.000Z',
  status: 'on_sale',
  prices: [{ category: 'standard', amount: 20_000_000, currency: 'IRR' }],
  available: 2,
};

export const SEAT_MAP = {
  sessionId: 's1',
  version: 3,
  rows: [
    {
      row: 'C',
      seats: [
        { id: 'C-7', row: 'C', number: 7, category: 'standard', status: 'free' },
        { id: 'C-8', row: 'C', number: 8, category: 'standard', status: 'sold' },
      ],
    },
  ],
};

export const RESERVATION = {
  id: 'r-1',
  sessionId: 's1',
  seats: ['C-7'],
  amount: 20_000_000,
  currency: 'IRR',
  status: 'active',
  createdAt: '2026-01-25T09:31:00.000Z',
  expiresAt: '2026-01-25T09:46:00.000Z',
};

export const ORDER = {
  id: 'o-1',
  externalRef: 'ct-77812',
  reservationId: 'r-1',
  status: 'completed',
  amount: 20_000_000,
  currency: 'IRR',
  payment: { id: 'p-1', method: 'seller', status: 'succeeded', reference: 'bank-4711' },
  tickets: [{ seat: 'C-7', barcode: '4006381333931' }],
  createdAt: '2026-01-25T09:32:00.000Z',
  expiresAt: '2026-01-25T09:47:00.000Z',
};
