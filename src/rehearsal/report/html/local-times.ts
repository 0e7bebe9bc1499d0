// The one script of the page, which it can be read without: times in the reader's zone instead of UTC.
export const LOCAL_TIMES = `(() => {
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const shown = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });
for (const time of document.querySelectorAll('time')) {
time.title = time.textContent;
time.textContent = shown.format(new Date(time.dateTime));
}
document.getElementById('zone').textContent = 'Times are in your zone, ' + timeZone + '.';
})();`;
