#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "simulator/drawn_premises.h"
#include "simulator/panel_line.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::simulator {

/// The panels of the training estate: they dial a receiver, poll, test themselves and report what they are told to. One
/// thread (Asio) for all of them. `command` and `status` are for one thread at a time and wait for that thread.
class PanelEstate {
public:
    struct Settings {
        std::string host = "127.0.0.1";  ///< of the receiver: a name or a number
        int port = 9300;
        std::uint64_t seed = 1;
        double hurry = 1;  ///< all waits of panels are divided by it
        /// At a receiver on 127.0.0.1 each panel has an address of its own (127.1.0.1 and on), as in the field; with
        /// this they share one.
        bool hasOneAddress = false;
        /// By the clock if left out, so that a simulator that is started again within minutes sends no signal that
        /// looks like one before.
        std::optional<int> firstSequence;
        std::optional<std::filesystem::path> acknowledgedFile;  ///< a new CSV file
    };

    /// The panels begin to dial, some thousands a second. Errors: NotFound (no such host), those of a new file.
    [[nodiscard]] static base::Result<std::unique_ptr<PanelEstate>> start(const Settings& settings,
                                                                          std::vector<DrawnPremises> premises,
                                                                          const base::Clock& clock);
    virtual ~PanelEstate() = default;

    /// "ok" or "error: sentence", with a newline.
    [[nodiscard]] virtual std::string command(const PanelCommand& command) = 0;
    /// Some lines of counts and times, each with a newline.
    [[nodiscard]] virtual std::string status() = 0;
    /// Nothing is sent or heard from here on, `status` tells the final counts, and the list of what was acknowledged is
    /// whole. Error: StorageFailed, if it is not.
    [[nodiscard]] virtual base::Result<void> stop() = 0;
    [[nodiscard]] virtual int count() const = 0;
};

/// Thousands of sockets need more descriptors than a program is given; it takes as many as it may have, and says how
/// many these are.
[[nodiscard]] std::size_t allowManyDescriptors();

}  // namespace leedswatch::simulator
