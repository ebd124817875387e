#include "programs/ctl/interruption.h"

#include <csignal>
#include <initializer_list>

namespace leedswatch::ctl {
namespace {

volatile std::sig_atomic_t interruptedBy = 0;

}  // namespace

Interruption::Interruption() {
    for (const int signal : {SIGINT, SIGTERM}) {
        std::signal(signal, [](int number) { interruptedBy = number; });
    }
}

Interruption::~Interruption() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interruption::isAskedFor() const {
    return interruptedBy != 0;
}

}  // namespace leedswatch::ctl
