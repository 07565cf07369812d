"""Runs one program and sees to it that nothing of it outlives the service.

Arguments: the marker that the program's environment carries as MLOPS_CHILD, then
  run <memory> <directory> <executable> <argv...>   runs the program with at most that many bytes to write to, 0: no limit
  sweep <pid>   ends what a supervisor that was killed has left of the program pid

Standard input is a pipe that the service holds. "stop <seconds>" asks for the end: SIGINT, that many seconds of grace,
then SIGKILL for the whole tree. When the pipe breaks the service is gone, and the grace is SERVICE_GONE. Standard
output is the program's output and error; on standard error stands "started <pid>" and how it ended, "exit <code>", or
"cannot start <reason>". Only the standard library is used, of Python 3.7 or newer, and imports are few: each run pays for them.
"""
import os
import select
import signal
import sys
import time

SERVICE_GONE = 8.0  # seconds
FLUSH_LIMIT = 60.0  # seconds for the service to take the last output
KILL_LIMIT = 10.0  # seconds until what cannot be killed (another user's, stuck in the kernel) is given up
CHUNK = 65536
LINUX = sys.platform.startswith("linux")
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def prctl(option, value):
    """False on other systems and where Python lacks ctypes: then the marker has to find what has left the tree."""
    if not LINUX:
        return False
    try:
        import ctypes
        return ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0
    except (ImportError, OSError, AttributeError):
        return False


class Tree:
    """The processes below this one, and those that carry the marker.

    A subreaper gets every orphan of its tree for a child: once it has no child, nothing is left.
    """

    def __init__(self, marker, subreaper):
        self.subreaper = subreaper
        self.marker = ("MLOPS_CHILD=" + marker).encode()

    def pids(self):
        table = self.proc() if LINUX else self.ps()
        found = set()
        grown = True
        while grown:
            grown = False
            for pid, (parent, marked) in table.items():
                if pid not in found and (marked or parent == os.getpid() or parent in found):
                    found.add(pid)
                    grown = True
        found.discard(os.getpid())
        return found

    def kill(self, ended):
        """Kills until nothing is left; what a killed process has just forked is found in the next round."""
        limit = time.monotonic() + KILL_LIMIT
        while time.monotonic() < limit:
            childless = reap(ended)
            if childless and self.subreaper:
                return
            pids = self.pids()
            if childless and not pids:
                return
            for pid in pids:
                send(pid, signal.SIGKILL)
            time.sleep(0.01)

    def proc(self):
        table = {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    with open("/proc/%s/stat" % name, "rb") as f:
                        state, parent = f.read().rpartition(b")")[2].split()[:2]
                    if state not in (b"Z", b"X"):
                        table[int(name)] = (int(parent), self.carries("/proc/%s/environ" % name))
                except (OSError, ValueError):
                    pass  # it has ended meanwhile
        return table

    def carries(self, environ):
        try:
            with open(environ, "rb") as f:
                return self.marker in f.read().split(b"\0")
        except OSError:
            return False  # another user's

    def ps(self):
        """macOS, BSD: -E shows the environment of one's own processes."""
        table = {}
        with os.popen("ps -axEww -o pid=,ppid=,stat=,command=") as lines:
            for line in lines:
                fields = line.split(None, 3)
                if len(fields) == 4 and not fields[2].startswith("Z"):
                    table[int(fields[0])] = (int(fields[1]), self.marker.decode() in fields[3])
        return table


def send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
    except PermissionError:
        pass  # another user's: KILL_LIMIT ends the waiting


def reap(ended):
    """Takes every child that has ended, orphans too; True when no child is left."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return True
        if pid == 0:
            return False
        ended[pid] = status


def tell(line):
    try:
        os.write(2, (line + "\n").encode("utf-8", "replace"))
    except OSError:
        pass  # the service is gone


def start(memory, directory, executable, argv, output):
    """Forks and executes; returns (pid, None) or (pid, why not)."""
    failed_r, failed_w = os.pipe()
    supervisor = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            become(supervisor, memory, directory, executable, argv, output)
        except BaseException as e:
            os.write(failed_w, str(e).encode("utf-8", "replace")[:1000])
        os._exit(127)
    os.close(failed_w)
    reason = os.read(failed_r, 1000)  # closed by a successful exec
    os.close(failed_r)
    return pid, reason.decode("utf-8", "replace") or None


def become(supervisor, memory, directory, executable, argv, output):
    os.setsid()
    prctl(PR_SET_PDEATHSIG, signal.SIGINT)  # should the supervisor be killed; grandchildren do not inherit it
    if os.getppid() != supervisor:
        raise OSError("the supervisor has gone")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            try:
                signal.signal(number, signal.SIG_DFL)  # a service started with SIGINT ignored passes that on
            except (OSError, ValueError, RuntimeError):
                pass  # a number that this system has no signal for
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.chdir(directory)
    if memory and LINUX:
        import resource
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))  # reserved address space does not count, as with RLIMIT_AS
    os.execv(executable, argv)


class Run:
    """One program from start to end. Output is only read on when the service has taken what came before."""

    def __init__(self, tree, pid, output, wake):
        self.tree, self.pid, self.output, self.wake = tree, pid, output, wake
        self.pending = b""
        self.commands = b""
        self.ended = {}
        self.listening = True  # to the service
        self.heard = True  # by the service
        self.deadline = None
        self.eof = False

    def until_end(self):
        while self.pid not in self.ended:
            self.step(None if self.deadline is None else self.deadline - time.monotonic())
            if self.deadline is not None and time.monotonic() >= self.deadline:
                break
        self.tree.kill(self.ended)
        limit = time.monotonic() + FLUSH_LIMIT
        while (self.pending or not self.eof) and time.monotonic() < limit:
            self.step(limit - time.monotonic())
        return self.ended.get(self.pid, signal.SIGKILL)

    def step(self, timeout):
        reads = [self.wake]
        if self.listening:
            reads.append(0)
        if not self.eof and not self.pending:
            reads.append(self.output)
        writes = [1] if self.pending else []
        ready, writable, _ = select.select(reads, writes, [], None if timeout is None else max(0.0, timeout))
        if self.wake in ready:
            os.read(self.wake, CHUNK)
            reap(self.ended)
        if 0 in ready:
            self.obey()
        if self.output in ready:
            self.pending = os.read(self.output, CHUNK)
            self.eof = not self.pending
        if self.pending:
            self.pass_on()

    def pass_on(self):
        """The program must not die of a broken pipe while it saves its work, so its output is taken all the same."""
        try:
            written = os.write(1, self.pending) if self.heard else len(self.pending)
        except BlockingIOError:
            return
        except OSError:
            self.heard = False
            written = len(self.pending)
        self.pending = self.pending[written:]

    def obey(self):
        data = os.read(0, CHUNK)
        if not data:
            self.listening = False
            self.stop(SERVICE_GONE)
        *lines, self.commands = (self.commands + data).split(b"\n")
        for line in lines:
            word, _, seconds = line.partition(b" ")
            if word == b"stop":
                self.stop(float(seconds))

    def stop(self, grace):
        """One SIGINT only: a second one would break off the saving. A later stop can only shorten the grace."""
        until = time.monotonic() + grace
        if self.deadline is None:
            self.deadline = until
            if self.pid not in self.ended:  # its number may be another's by now
                send(self.pid, signal.SIGINT)
        else:
            self.deadline = min(self.deadline, until)


def code_of(status):
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def run(marker, memory, directory, executable, argv):
    subreaper = prctl(PR_SET_CHILD_SUBREAPER, 1)
    wake_r, wake_w = os.pipe()
    os.set_blocking(wake_r, False)
    os.set_blocking(wake_w, False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(wake_w, warn_on_full_buffer=False)
    output_r, output_w = os.pipe()
    os.environ["MLOPS_CHILD"] = marker
    pid, failed = start(memory, directory, executable, argv, output_w)
    os.close(output_w)
    if failed:
        tell("cannot start " + failed.replace("\n", " "))
        return
    tell("started %d" % pid)
    os.set_blocking(1, False)
    ended = Run(Tree(marker, subreaper), pid, output_r, wake_r).until_end()
    tell("exit %d" % code_of(ended))


def sweep(marker, program):
    """The program had its SIGINT by PR_SET_PDEATHSIG; the grace is for what it saves."""
    tree = Tree(marker, subreaper=False)
    limit = time.monotonic() + SERVICE_GONE
    while program in tree.pids() and time.monotonic() < limit:
        time.sleep(0.02)
    tree.kill({})


def main(marker, order, *rest):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the pipe alone says when it is over
    try:
        os.setsid()
    except OSError:
        pass  # leads its group already
    if order == "sweep":
        sweep(marker, int(rest[0]))
    else:
        run(marker, int(rest[0]), rest[1], rest[2], list(rest[3:]))


main(*sys.argv[1:])
