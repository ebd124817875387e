#pragma once

#include "access/person.h"

#include <QToolButton>

namespace leedswatch::ui {

/// Who is signed in, as initials, name and role; opens the menu of what concerns the person.
class PersonButton final : public QToolButton {
    Q_OBJECT

public:
    explicit PersonButton(const access::Acting& acting, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_initials;
    QString m_name;
    QString m_role;
};

}  // namespace leedswatch::ui
