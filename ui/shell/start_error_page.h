#pragma once

#include "base/error.h"
#include "ui/common/card_page.h"

namespace leedswatch::ui {

/// Why the console cannot start, and what to do about it: instead of a crash or a line in a terminal that nobody sees.
class StartErrorPage final : public CardPage {
    Q_OBJECT

public:
    explicit StartErrorPage(const base::Error& error, QWidget* parent = nullptr);

Q_SIGNALS:
    void closed();
};

}  // namespace leedswatch::ui
