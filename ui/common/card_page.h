#pragma once

#include <QString>
#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace leedswatch::ui {

/// A calm page with one card in its middle: mark, heading, a sentence, and what the page adds below. Used where there
/// is one thing to do: sign in, make the first administrator, set a password, understand why the console cannot start.
class CardPage : public QWidget {
    Q_OBJECT

public:
    explicit CardPage(QWidget* parent = nullptr);

    void setHeading(const QString& heading, const QString& sentence);

protected:
    /// What the page adds goes into this layout, top to bottom.
    [[nodiscard]] QVBoxLayout& body() { return *m_body; }
    /// A label with the field under it; Alt and the underlined letter jump to the field.
    void addField(const QString& label, QLineEdit& field);
    [[nodiscard]] QLabel* addMessage();
    [[nodiscard]] QPushButton* addPrimaryButton(const QString& text);

private:
    QLabel* m_heading;
    QLabel* m_sentence;
    QVBoxLayout* m_body;
};

}  // namespace leedswatch::ui
