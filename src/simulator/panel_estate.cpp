#include "simulator/panel_estate.h"

#include "base/local_time.h"
#include "simulator/panel_day.h"
#include "simulator/panel_link.h"
#include "simulator/panel_orders.h"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <functional>
#include <future>
#include <thread>
#include <utility>

namespace leedswatch::simulator {
namespace {

using namespace std::chrono_literals;

constexpr auto startPace = 500us;  // between two panels that begin to dial
constexpr auto flushEvery = 1s;
constexpr auto hurriedDayBegins = 6h;

base::Result<asio::ip::address> resolve(const std::string& host) {
    asio::io_context context;
    std::error_code error;
    const auto found = asio::ip::tcp::resolver{context}.resolve(host, "", error);
    if (error || found.empty()) {
        return base::fail(base::ErrorCode::NotFound,
                          fmt::format("the receiver's host \"{}\" is not known: {}", host, error.message()));
    }
    return found.begin()->endpoint().address();
}

std::optional<asio::ip::address> ownAddressOf(int panel, const asio::ip::address& receiver, bool hasOneAddress) {
    if (hasOneAddress || !receiver.is_v4() || !receiver.to_v4().is_loopback()) {
        return std::nullopt;
    }
    constexpr std::uint32_t before = 0x7F'01'00'00;  // 127.1.0.0; all of 127 is this machine
    return asio::ip::address_v4{before + static_cast<std::uint32_t>(panel)};
}

int sequenceByClock(base::UtcTime now) {
    return static_cast<int>(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() % 9'999) + 1;
}

class DialledEstate final : public PanelEstate {
public:
    DialledEstate(Settings settings, std::vector<DrawnPremises> premises, const base::Clock& clock)
        : m_settings{std::move(settings)}, m_premises{std::move(premises)}, m_clock{clock} {}

    ~DialledEstate() override { static_cast<void>(stop()); }

    base::Result<void> begin(const asio::ip::address& receiver) {
        if (m_settings.acknowledgedFile) {
            TRY(m_record.keepListIn(*m_settings.acknowledgedFile));
        }
        const Panel::Settings settings{
            m_settings.seed, m_settings.firstSequence.value_or(sequenceByClock(m_clock.now())), m_settings.hurry};
        const auto now = m_clock.steadyNow();
        for (const DrawnPremises& premises : m_premises) {
            m_links.push_back(PanelLink::create(
                m_context, Panel{premises, settings, m_record, now},
                {receiver, m_settings.port, ownAddressOf(premises.number, receiver, m_settings.hasOneAddress)},
                m_clock));
            m_links.back()->start(premises.number * startPace);
        }
        flushLater();
        m_thread = std::jthread{[this] { m_context.run(); }};
        return {};
    }

    std::string command(const PanelCommand& command) override {
        return onThread([&] { return obey(command); });
    }

    std::string status() override {
        return onThread([this] { return describe(); });
    }

    base::Result<void> stop() override {
        if (m_thread.joinable()) {
            m_context.stop();
            m_thread.join();
        }
        return m_record.flush();
    }

    int count() const override { return static_cast<int>(m_premises.size()); }

private:
    std::string onThread(const std::function<std::string()>& work) {
        std::packaged_task<std::string()> task{work};
        auto result = task.get_future();
        if (!m_thread.joinable()) {
            task();
        } else {
            asio::post(m_context, [&task] { task(); });
        }
        return result.get();
    }

    // From here on the panels' thread alone, or none when it has ended.

    std::string obey(const PanelCommand& command) {
        const int last = command.kind == PanelCommand::Kind::Storm ? command.count : command.last;
        if (last > count()) {
            return fmt::format("error: there is no panel {}; they are 1 to {}\n", last, count());
        }
        switch (command.kind) {
            case PanelCommand::Kind::Storm: beginStorm(command); break;
            case PanelCommand::Kind::Day: beginDay(command.speed); break;
            case PanelCommand::Kind::Stop: stopProgrammes(); break;
            default: orderSome(command); break;
        }
        return "ok\n";
    }

    void orderSome(const PanelCommand& command) {
        for (int number = command.first; number <= command.last; ++number) {
            PanelLink& link = *m_links[static_cast<std::size_t>(number - 1)];
            carryOut(command, link.panel(), m_clock.steadyNow());
            link.wake();
        }
    }

    // Power comes back in a city: all dial at once, and each has something to say.
    void beginStorm(const PanelCommand& command) {
        m_record.beginStorm(static_cast<std::uint64_t>(command.count));
        const auto begin = m_clock.steadyNow();
        for (int number = 1; number <= command.count; ++number) {
            PanelLink& link = *m_links[static_cast<std::size_t>(number - 1)];
            Panel& panel = link.panel();
            const auto share = panel.habits().scaled(command.time) * (number - 1) / command.count;
            panel.raise(stormEventOf(panel.premises(), m_settings.seed), begin + share, EventOrigin::Storm);
            link.dialAnew();
        }
    }

    // As fast as the clock it begins with the time of day that it is; faster, with the morning.
    void beginDay(int speed) {
        const auto now = m_clock.steadyNow();
        const auto utc = m_clock.now();
        const auto begins = speed == 1 ? utc - base::localDayOf(utc).begin : base::Microseconds{hurriedDayBegins};
        for (const auto& link : m_links) {
            for (const DayEvent& event : ordinaryDayOf(link->panel().premises(), m_settings.seed)) {
                // By the clock panels test themselves anyway.
                const bool isOwnTest = speed == 1 && event.event.kind == PanelEvent::Kind::Test;
                if (event.at >= begins && !isOwnTest) {
                    link->panel().raise(event.event, now + (event.at - begins) / speed, EventOrigin::Programme);
                }
            }
            link->wake();
        }
    }

    void stopProgrammes() {
        for (const auto& link : m_links) {
            link->panel().forgetProgrammes(m_clock.steadyNow());
            link->wake();
        }
    }

    std::string describe() const {
        const auto now = m_clock.steadyNow();
        std::uint64_t waiting = 0;
        int connected = 0;
        for (const auto& link : m_links) {
            waiting += link->panel().waiting(now);
            connected += link->isConnected() ? 1 : 0;
        }
        return fmt::format("panels {}: connected {}, {}", count(), connected, m_record.describe(waiting));
    }

    // What was acknowledged is in the list even if this program is killed a second later.
    void flushLater() {
        m_flush.expires_after(flushEvery);
        m_flush.async_wait([this](std::error_code error) {
            if (!error) {
                static_cast<void>(m_record.flush());  // an error is kept, and told at the end
                flushLater();
            }
        });
    }

    const Settings m_settings;
    const std::vector<DrawnPremises> m_premises;
    const base::Clock& m_clock;

    // Of the panels' thread alone, once it runs.
    asio::io_context m_context{1};
    asio::steady_timer m_flush{m_context};
    PanelRecord m_record;
    std::vector<std::unique_ptr<PanelLink>> m_links;

    std::jthread m_thread;
};

}  // namespace

base::Result<std::unique_ptr<PanelEstate>> PanelEstate::start(const Settings& settings,
                                                              std::vector<DrawnPremises> premises,
                                                              const base::Clock& clock) {
    TRY_ASSIGN(const auto receiver, resolve(settings.host));
    auto estate = std::make_unique<DialledEstate>(settings, std::move(premises), clock);
    TRY(estate->begin(receiver));
    return estate;
}

std::size_t allowManyDescriptors() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return 0;
    }
    const rlim_t before = std::exchange(files.rlim_cur, files.rlim_max);
    return ::setrlimit(RLIMIT_NOFILE, &files) == 0 ? files.rlim_cur : before;
}

}  // namespace leedswatch::simulator
