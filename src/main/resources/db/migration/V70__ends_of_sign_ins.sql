-- When a sign-in ends unless it is renewed before, as the service itself tells (QuickBooks Online: about 100 days unused, five years at most).
alter table credential add column ends_at timestamptz;
