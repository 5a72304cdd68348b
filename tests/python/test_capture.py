# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import queue
import threading
import unittest

import capture


class CappedTextTest(unittest.TestCase):
    def test_keeps_what_is_short_untouched(self):
        text = capture.CappedText(head=5, tail=3)
        for piece in ("ab", "", "cde", "fgh"):
            text.add(piece)
        self.assertEqual(text.text(), "abcdefgh")

    def test_keeps_both_ends_and_says_how_much_is_left_out(self):
        text = capture.CappedText(head=4, tail=2)
        text.add("abcdefghij")
        self.assertEqual(text.text(), "abcd\n… [4 characters left out here: too long to be kept whole] …\nij")

    def test_counts_over_many_pieces(self):
        text = capture.CappedText(head=10, tail=10)
        for number in range(100_000):
            text.add(str(number % 10))
        self.assertIn("[99,980 characters", text.text())
        self.assertTrue(text.text().startswith("0123456789\n"))
        self.assertTrue(text.text().endswith("\n0123456789"))

    def test_keeps_carriage_returns_and_zeros(self):
        text = capture.CappedText()
        text.add("a\r\nb\r\0")
        self.assertEqual(text.text(), "a\r\nb\r\0")

    def test_one_huge_text_is_shortened(self):
        short = capture.shorten("x" * 50_000_000, 100, 10)
        self.assertLess(len(short), 250)
        self.assertIn("[49,999,890 characters left out", short)


class OutputTest(unittest.TestCase):
    def test_orders_stdout_before_stderr_and_streams_as_it_came(self):
        output = capture.Output()
        output.write("e", is_error=True)
        output.write("o")
        self.assertEqual(output.take_fresh(), "eo")
        self.assertEqual(output.take_fresh(), "")
        self.assertEqual(output.text(), "oe")

    def test_streams_no_more_than_the_limit_and_says_so(self):
        output = capture.Output()
        for _ in range(3):
            output.write("x" * capture.STREAMED)
        fresh = output.take_fresh()
        self.assertEqual(fresh.count("x"), capture.STREAMED)
        self.assertIn("when the statement has ended", fresh)
        self.assertEqual(output.text().count("x"), 3 * capture.STREAMED)


class StreamerTest(unittest.TestCase):
    def test_sends_pieces_of_the_statement_under_way_and_nothing_after_its_end(self):
        sent = queue.Queue()
        streamer = capture.Streamer(lambda number, text: sent.put((number, text)), interval=0.01)
        output = capture.Output()
        output.write("one")
        streamer.begin(7, output)
        self.assertEqual(sent.get(timeout=30), (7, "one"))
        output.write("two")
        self.assertEqual(sent.get(timeout=30), (7, "two"))
        streamer.finish()
        output.write("late")
        other = capture.Output()
        other.write("next")
        streamer.begin(8, other)
        self.assertEqual(sent.get(timeout=30), (8, "next"))

    def test_a_quick_statement_sends_nothing(self):
        sent = []
        streamer = capture.Streamer(lambda number, text: sent.append(text), interval=3600)
        output = capture.Output()
        output.write("quick")
        streamer.begin(1, output)
        streamer.finish()
        self.assertEqual(sent, [])


class StandInTest(unittest.TestCase):
    def setUp(self):
        self.real = io.StringIO()
        self.out = capture.StandIn(self.real, False)

    def test_belongs_to_the_statement_while_it_has_one(self):
        self.out.write("log")
        self.out.target = capture.Output()
        print("hi", file=self.out)
        self.assertEqual(self.out.target.text(), "hi\n")
        self.out.target = None
        self.out.write("log")
        self.assertEqual(self.real.getvalue(), "loglog")

    def test_takes_bytes_and_refuses_what_is_no_text(self):
        self.out.target = capture.Output()
        self.out.buffer.write("é".encode() + b"\xff")
        self.assertEqual(self.out.target.text(), "é\ufffd")
        with self.assertRaises(TypeError):
            self.out.write(b"bytes")

    def test_threads_write_at_the_same_time(self):
        self.out.target = capture.Output()
        threads = [threading.Thread(target=lambda: [self.out.write("x") for _ in range(1000)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(self.out.target.text()), 4000)
