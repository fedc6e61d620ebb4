// Says that a run is late: what has not happened writes no page.
const late = document.getElementById("late");
const due = late.dataset.due;
if (due && new Date(due) < new Date()) late.hidden = false;
