#include "ui/shell/stop_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <QCoreApplication>
#include <array>
#include <cerrno>
#include <csignal>

namespace leedswatch::ui {

namespace {

constexpr std::array stopSignals{SIGTERM, SIGINT};

// The pipe to ourselves: a handler may do next to nothing but write, and the event loop reads. A handler and not a
// signalfd, which needs the signals blocked: the programs that the console starts would inherit that and not stop.
std::array<int, 2> pipeEnds{-1, -1};

void passOn(int signal) {
    const int before = errno;
    const auto byte = static_cast<char>(signal);
    static_cast<void>(!::write(pipeEnds[1], &byte, 1));
    errno = before;
}

int openPipe() {
    if (::pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        qFatal("no pipe for signals: %s", qPrintable(qt_error_string(errno)));
    }
    return pipeEnds[0];
}

}  // namespace

StopSignals::StopSignals(QObject* parent) : QObject{parent}, m_notifier{openPipe(), QSocketNotifier::Read} {
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier.setEnabled(false);
        QCoreApplication::exit(0);
    });
    struct sigaction action {};
    action.sa_handler = passOn;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    for (const int signal : stopSignals) {
        ::sigaction(signal, &action, nullptr);
    }
}

StopSignals::~StopSignals() {
    for (const int signal : stopSignals) {
        std::signal(signal, SIG_DFL);
    }
    for (const int end : pipeEnds) {
        ::close(end);
    }
}

}  // namespace leedswatch::ui
