-- A service's window may begin at any moment, so a minute is counted backwards from each call: recent holds when its calls were. kept: calls of a
-- window that only what goes out may use; reading waits for the next window.
alter table budget_window add column rolling boolean not null default false;
alter table budget_window add column recent timestamptz[] not null default '{}';
alter table budget_window add column kept int not null default 0 check (kept >= 0);
