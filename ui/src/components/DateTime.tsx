// A day and a time, typed in place or taken from a calendar.
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  type DateValue,
  Dialog,
  FieldError,
  Group,
  Heading,
  Label,
  Popover,
  Text,
} from "react-aria-components";
import styles from "./DateTime.module.css";

interface Props<Value extends DateValue> {
  label: string;
  hint: string;
  error: string | null;
  openLabel: string;
  value: Value;
  min: Value;
  max: Value;
  onChange: (value: Value) => void;
}

export function DateTime<Value extends DateValue>(props: Props<Value>) {
  return (
    <DatePicker
      className={styles.picker}
      granularity="minute"
      hideTimeZone
      shouldForceLeadingZeros
      isInvalid={props.error !== null}
      value={props.value as DateValue}
      minValue={props.min}
      maxValue={props.max}
      onChange={(value) => value && props.onChange(value as Value)}
    >
      <Label className={styles.label}>{props.label}</Label>
      <Group className={styles.field}>
        <DateInput className={styles.input}>
          {(segment) => <DateSegment segment={segment} className={styles.segment} />}
        </DateInput>
        <Button className={styles.open} aria-label={props.openLabel}>
          <CalendarDays aria-hidden="true" />
        </Button>
      </Group>
      {props.error === null ? (
        <Text slot="description" className={styles.hint}>
          {props.hint}
        </Text>
      ) : (
        <FieldError className={styles.error}>{props.error}</FieldError>
      )}
      <Popover className={styles.popover} placement="bottom end">
        <Dialog>
          <Month />
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

function Month() {
  return (
    <Calendar>
      <header className={styles.head}>
        <Button slot="previous" className={styles.step}>
          <ChevronLeft aria-hidden="true" />
        </Button>
        <Heading className={styles.month} />
        <Button slot="next" className={styles.step}>
          <ChevronRight aria-hidden="true" />
        </Button>
      </header>
      <CalendarGrid className={styles.grid}>
        {(date) => <CalendarCell date={date} className={styles.day} />}
      </CalendarGrid>
    </Calendar>
  );
}
