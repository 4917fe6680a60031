-- When an item of the queue was last composed for people, so that they see how old what they look at is.
alter table queue_item add column composed_at timestamptz;
