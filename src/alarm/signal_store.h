#pragma once

#include "alarm/dc09_reader.h"
#include "alarm/received_signal.h"

#include <functional>

namespace leedswatch::alarm {

/// What stands behind an alarm port: where signals become durable. Called on the port's thread; nothing may block.
class SignalStore {
public:
    SignalStore() = default;
    SignalStore(const SignalStore&) = delete;
    SignalStore& operator=(const SignalStore&) = delete;
    virtual ~SignalStore() = default;

    /// `stored` is called once, on any thread: true when the signal is on the disk (or was, and this is a repetition),
    /// false if it could not be written; then it is not answered, and the panel sends it again.
    virtual void store(ReceivedSignal signal, std::function<void(bool)> stored) = 0;
    /// A poll. It is answered at once: that it came is worth nothing after the next one.
    virtual void saw(const Supervision& supervision, base::UtcTime when) = 0;
    /// Somebody's life may depend on it: it waits for no limit and overtakes what waits.
    [[nodiscard]] virtual bool isUrgent(const ReceivedSignal& signal) const = 0;
};

}  // namespace leedswatch::alarm
