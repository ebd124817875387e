#pragma once

#include "estate/premises_search.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QListWidget>
#include <QPointer>
#include <QWidget>
#include <optional>
#include <vector>

class QLineEdit;

namespace leedswatch::ui {

/// A field in which premises are found by reference, name, address or account: what fits stands below it, the arrows
/// choose, Enter takes. The search runs on a worker.
class PremisesFinder final : public QWidget {
    Q_OBJECT

public:
    PremisesFinder(ConsoleContext& context, QWidget* parent);
    ~PremisesFinder() override;

    /// None: nothing is chosen.
    [[nodiscard]] const std::optional<estate::FoundPremises>& chosen() const { return m_chosen; }
    /// Given from outside, and not to be changed.
    void fix(const estate::FoundPremises& premises);
    void clear();

Q_SIGNALS:
    void chosenChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void show(const std::vector<estate::FoundPremises>& found);
    void take(int row);
    void forget();

    ConsoleContext& m_context;
    QLineEdit* m_field;
    QPointer<QListWidget> m_list;  ///< lies over what stands below the field, and so belongs to the window
    std::vector<estate::FoundPremises> m_found;
    std::optional<estate::FoundPremises> m_chosen;
    int m_search = 0;  ///< the newest; results of older ones are dropped
    Worker m_worker;
};

}  // namespace leedswatch::ui
