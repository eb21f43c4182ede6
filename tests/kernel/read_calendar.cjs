// Reads calendars with ical.js, one JSON string a line, and answers what it understood, one JSON object a line.
const { createRequire } = require("node:module");
const { createInterface } = require("node:readline");

const ICAL = createRequire(process.argv[2])("ical.js");
const text = (component, name) => component.getFirstPropertyValue(name) ?? null;

createInterface({ input: process.stdin }).on("line", (line) => {
  const calendar = new ICAL.Component(ICAL.parse(JSON.parse(line)));
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: text(component, "status"),
      summary: event.summary,
      description: event.description,
      location: event.location,
      starts_at: event.startDate.toUnixTime(),
      ends_at: event.endDate.toUnixTime(),
      organizer: event.organizer,
      attendees: event.attendees.map((attendee) => attendee.getFirstValue()),
    };
  });
  console.log(JSON.stringify({ method: text(calendar, "method"), events }));
});
