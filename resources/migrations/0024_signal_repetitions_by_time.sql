-- A message that comes again is looked for among those of its ten minutes and the two beside them. Their entries stand
-- together and are in memory; by the key alone each signal would touch a page anywhere in an index of years.
DROP INDEX signal_by_repetition;
CREATE INDEX signal_by_repetition ON signal ((received / 600000000), substr(repetition_key, 1, 12));
