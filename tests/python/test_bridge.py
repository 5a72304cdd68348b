# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import unittest
from unittest import mock

import bridge


class Context:
    def cancelJobGroup(self, group):
        pass


class JavaThread:
    def __init__(self):
        self.interrupts = self.stops = 0

    def interrupt(self):
        self.interrupts += 1

    def stop(self):
        self.stops += 1


class BoundedTest(unittest.TestCase):
    def test_a_result_that_clients_can_read_is_left_as_it_is(self):
        output = '{"status":"ok"}'
        self.assertIs(bridge.bounded(3, output), output)
        with mock.patch.object(bridge, "RESULT_BYTES", 15):
            self.assertIs(bridge.bounded(3, output), output)

    def test_a_larger_one_is_an_error_that_names_its_size(self):
        found = json.loads(bridge.bounded(3, "é" * (20 << 20)))
        self.assertEqual((found["status"], found["execution_count"], found["ename"]), ("error", 3, "ResultTooLarge"))
        self.assertIn("40 MiB, and a statement shows 32 MiB at most", found["evalue"])


class CancelLadderTest(unittest.TestCase):
    def setUp(self):
        self.clock = 0.0
        self.in_java = True
        self.notices = 0
        self.thread = JavaThread()
        for patch in (mock.patch.object(bridge.time, "monotonic", lambda: self.clock),
                      mock.patch.object(bridge.time, "sleep", self.sleep),
                      mock.patch.object(bridge.signal, "getsignal", lambda number: bridge.signal.SIG_IGN),
                      mock.patch.object(bridge, "waits_for_java", lambda thread_id: self.in_java)):
            patch.start()
            self.addCleanup(patch.stop)

    def sleep(self, seconds):
        self.clock += seconds

    def notice(self):
        self.notices += 1

    def cancel(self, phase):
        return bridge.cancel_ladder(
            Context(), "1", phase, lambda is_hard: bridge.interrupt(0, self.thread, is_hard), self.notice)

    def test_a_cancel_waits_for_the_statements_turn_however_long(self):
        turn = 10 * bridge.CANCEL_SECONDS

        def phase():
            if self.thread.interrupts:
                return bridge.ENDED
            return bridge.RUNNING if self.clock > turn else bridge.WAITING
        self.assertTrue(self.cancel(phase))
        self.assertEqual((self.thread.interrupts, self.thread.stops, self.notices), (1, 0, 0))

    def test_what_reaches_nobody_is_no_rung(self):
        self.in_java = False

        def phase():
            self.in_java = self.clock > bridge.CANCEL_SECONDS / 2
            return bridge.ENDED if self.thread.interrupts else bridge.RUNNING
        self.assertTrue(self.cancel(phase))
        self.assertEqual((self.thread.interrupts, self.thread.stops, self.notices), (1, 0, 0))

    def test_what_takes_no_interrupt_is_stopped_at_last_and_said_so_once(self):
        self.assertFalse(self.cancel(lambda: bridge.RUNNING))
        self.assertGreater(self.thread.stops, 0)
        self.assertEqual(self.thread.interrupts - self.thread.stops, bridge.HARD_STEP)
        self.assertEqual(self.notices, 1)
        self.assertGreaterEqual(self.clock, bridge.CANCEL_SECONDS)
