/** Numbers, money, times and lists as the reader writes them. */
export interface Format {
  /** Milliseconds as `0.8 s`, `12 s` or `3 min 5 s`. */
  duration(ms: number): string;
  usd(amount: number): string;
  /** A share in [0, 1]. */
  percent(share: number): string;
  number(value: number): string;
  time(iso: string): string;
  /** With the day, where it is not today. */
  dateTime(iso: string, now: number): string;
  list(items: readonly string[]): string;
}

/** A call may cost a hundredth of a cent: small amounts are given more digits. */
function usdDigits(amount: number): number {
  if (amount === 0 || amount >= 1) return 2;
  return amount >= 0.01 ? 4 : 6;
}

export function createFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });

  const duration = (ms: number): string => {
    if (ms < 9950) return `${tenths.format(Math.max(0, ms) / 1000)} s`;
    const seconds = Math.round(ms / 1000);
    if (seconds < 60) return `${seconds} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  };

  return {
    duration,
    usd: (amount) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        minimumFractionDigits: 2,
        maximumFractionDigits: usdDigits(amount),
      }).format(amount),
    percent: (share) => percent.format(share),
    number: (value) => number.format(value),
    time: (iso) => time.format(new Date(iso)),
    dateTime: (iso, now) => {
      const at = new Date(iso);
      const isToday = at.toDateString() === new Date(now).toDateString();
      return isToday ? time.format(at) : dateTime.format(at);
    },
    list: (items) => list.format(items),
  };
}
