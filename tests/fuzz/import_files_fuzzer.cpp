#include "access/person.h"
#include "base/clock.h"
#include "dispatch/key_register.h"
#include "estate/alarm_zones.h"
#include "estate/opening_hours.h"
#include "estate/police_systems.h"
#include "estate/premises_details.h"
#include "estate/premises_registry.h"
#include "response/code_overrides.h"
#include "response/fire_rules.h"
#include "response/planned_tests.h"

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

// The files that an alarm receiving centre imports, into a real store. The first byte says which kind of file it is.
// Whatever one holds, it is taken or refused; one that was taken is taken again, and adds nothing then.

using namespace leedswatch;

namespace {

/// A store with one premises and two panels, made once and copied for each input, so that no input sees another's.
class Stores {
public:
    Stores() {
        std::filesystem::remove_all(m_folder);
        std::filesystem::create_directories(m_folder / "first");
        auto database = store::Database::open(m_folder / "first", m_clock);
        const auto imported = estate::PremisesRegistry{**database}.importCsv(
            access::Acting::commandLine(), "premises,account,name\nTH,1234,Town Hall\nTH,1235,Town Hall\n");
        if (!imported) {
            std::abort();
        }
    }
    Stores(const Stores&) = delete;
    Stores& operator=(const Stores&) = delete;
    ~Stores() {
        m_open.reset();
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }

    store::Database& fresh() {
        m_open.reset();
        const auto folder = m_folder / "one";
        std::filesystem::remove_all(folder);
        std::filesystem::copy(m_folder / "first", folder);
        m_open = store::Database::open(folder, m_clock).value();
        return *m_open;
    }

private:
    base::SystemClock m_clock;
    std::filesystem::path m_folder =
        std::filesystem::temp_directory_path() / ("leedswatch_import_files_" + std::to_string(::getpid()));
    std::unique_ptr<store::Database> m_open;
};

using Import = std::function<base::Result<int>(store::Database&, std::string_view csv)>;

/// How many rows a service adds for a file.
template <typename Service, typename Member>
Import addedBy(Member member) {
    return [member](store::Database& database, std::string_view csv) -> base::Result<int> {
        Service service{database};
        TRY_ASSIGN(const estate::ImportReport report, (service.*member)(access::Acting::commandLine(), csv));
        return report.added;
    };
}

const std::vector<Import>& imports() {
    static const std::vector<Import> all{
        addedBy<estate::PremisesRegistry>(&estate::PremisesRegistry::importCsv),
        addedBy<estate::PremisesDetails>(&estate::PremisesDetails::importKeyholders),
        addedBy<estate::PremisesDetails>(&estate::PremisesDetails::importAnswering),
        addedBy<estate::OpeningHoursRegistry>(&estate::OpeningHoursRegistry::importCsv),
        addedBy<estate::AlarmZones>(&estate::AlarmZones::importCsv),
        addedBy<estate::PoliceSystems>(&estate::PoliceSystems::importCsv),
        addedBy<response::CodeOverrides>(&response::CodeOverrides::importCsv),
        addedBy<response::PlannedTests>(&response::PlannedTests::importCsv),
        addedBy<response::FireRules>(&response::FireRules::importAuthorities),
        addedBy<dispatch::KeyRegister>(&dispatch::KeyRegister::importCsv),
        // These two replace all that there was, so that what they add is no measure.
        [](store::Database& database, std::string_view csv) -> base::Result<int> {
            TRY(estate::OpeningHoursRegistry{database}.importHolidays(access::Acting::commandLine(), csv));
            return 0;
        },
        [](store::Database& database, std::string_view csv) -> base::Result<int> {
            TRY(response::FireRules{database}.importCsv(access::Acting::commandLine(), csv));
            return 0;
        },
    };
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Stores stores;
    if (size == 0) {
        return 0;
    }
    const Import& import = imports()[data[0] % imports().size()];
    const std::string_view csv{reinterpret_cast<const char*>(data) + 1, size - 1};
    store::Database& database = stores.fresh();
    if (!import(database, csv)) {
        return 0;
    }
    const auto again = import(database, csv);
    if (!again || *again != 0) {
        std::abort();
    }
    return 0;
}
